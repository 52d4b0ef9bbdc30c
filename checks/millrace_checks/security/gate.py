"""Asks the gate before the Docker socket, as Airflow could, for what it must not let through."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any

from millrace_checks.finding import Finding
from millrace_checks.security.containers import Running, containers
from millrace_checks.security.door import door
from millrace_local.layout import Layout

ADDRESS = "http://docker-gate:2375"
GATE, CALLER = "docker-gate", "airflow-scheduler"
ALLOWED, CREATED, REFUSED = "200", "201", "403"
CURL = "curl -s -m 5 -o /dev/null -w '%{http_code}\\n' --path-as-is"
NOBODY = "0" * 64
PROBE = ("millrace.task", "security probe")
UPDATE = "Update Millrace, or report it (SECURITY.md)"


@dataclass(frozen=True)
class Request:
    """what: in words; the rest as curl takes it."""

    what: str
    method: str
    path: str
    body: str = ""

    @property
    def command(self) -> str:
        """The line of a shell that sends it and prints the status of the answer, "000" for none."""
        sent = f"-H 'Content-Type: application/json' -d {quote(self.body)}" if self.body else ""
        return f"{CURL} -X {self.method} {sent} {quote(ADDRESS + self.path)}"


# There are no such containers and images: nothing changes, should a request be let through.
DANGEROUS = (
    Request("every container", "GET", "/containers/json?all=1"),
    Request("every container, by a second filter", "GET", "/containers/json?all=1&filters=&filters=%7B%7D"),
    Request("the engine's own description", "GET", "/info"),
    Request("the same, around a corner", "GET", "/version/../info"),
    Request("files of another container", "GET", f"/containers/{NOBODY}/archive?path=/etc/hostname"),
    Request("a program in a container", "POST", f"/containers/{NOBODY}/exec", "{}"),
    Request("an image of others", "POST", "/images/create?fromImage=millrace-probe-none"),
    Request("the engine's volumes", "GET", "/volumes"),
    Request("the engine's secrets", "GET", "/secrets"),
)


def gate(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a request."""
    running = {each.service: each for each in containers(layout, settings)}
    loader, *mighty = loaders(running[GATE].environment)
    dangerous = [*mighty, *DANGEROUS]
    try:
        version, made, *said = statuses(running[CALLER], [Request("version", "GET", "/version"), loader, *dangerous])
    finally:
        remove_probes()
    works = (version, made) == (ALLOWED, CREATED)
    yield door("gate, what Airflow needs", works, f"HTTP {version}, {made}", "Look at ./run.sh --logs docker-gate")
    for request, status in zip(dangerous, said, strict=True):
        yield door(f"gate, {request.what}", status == REFUSED, f"HTTP {status}", UPDATE)


def loaders(terms: Mapping[str, str]) -> Iterator[Request]:
    """The loader's container, then such that would be it but for one thing. terms: the gate's own settings."""
    mount = {"Type": "bind", "Source": terms["GATE_PIPELINES"], "Target": "/opt/millrace/pipelines", "ReadOnly": True}
    host: dict[str, Any] = {"NetworkMode": terms["GATE_NETWORK"], "Memory": 100_000_000, "Mounts": [mount]}
    labels = {"millrace.loader": terms["GATE_PROJECT"], PROBE[0]: PROBE[1]}
    body: dict[str, Any] = {"Image": terms["GATE_IMAGE"], "Cmd": ["--help"], "Labels": labels, "HostConfig": host}
    for what, change in (
        ("the loader", {}),
        ("a privileged container", {"HostConfig": {**host, "Privileged": True}}),
        ("a container with the machine's files", {"HostConfig": {**host, "Binds": ["/:/host"]}}),
        ("a container that may change pipelines", {"HostConfig": {**host, "Mounts": [{**mount, "ReadOnly": False}]}}),
        ("a container in the machine's network", {"HostConfig": {**host, "NetworkMode": "host"}}),
        ("a container with other Java options", {"Env": ["JAVA_TOOL_OPTIONS=-version"]}),
        ("a container with another program", {"Entrypoint": ["sh"]}),
        ("a container with orders to others", {"Labels": {**labels, "com.docker.compose.project": "another"}}),
        ("a container of another image", {"Image": "millrace/webhook:0.1.0"}),
    ):
        yield Request(what, "POST", "/containers/create", json.dumps({**body, **change}))


def statuses(caller: Running, requests: list[Request]) -> list[str]:
    """The status of each answer."""
    script = "\n".join(request.command for request in requests)
    command = ["docker", "exec", caller.identity, "sh", "-c", script]
    return subprocess.run(command, capture_output=True, text=True).stdout.split()


def remove_probes() -> None:
    """Removes containers that were made though they should not have been."""
    argv = ["docker", "ps", "--all", "--quiet", "--filter", f"label={'='.join(PROBE)}"]
    left = subprocess.run(argv, capture_output=True, text=True).stdout.split()
    if left:
        subprocess.run(["docker", "rm", "--force", *left], capture_output=True)
