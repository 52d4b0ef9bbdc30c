"""What containers may do to each other and to the machine."""

import json
import subprocess
from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.containers import Running, containers
from millrace_checks.security.door import door
from millrace_local.layout import Layout

GATE = "docker-gate"
ADDRESS = f"http://{GATE}:2375"
CALLER = "airflow-scheduler"
REFUSED = "403"
CURL = "curl -s -m 5 -o /dev/null -w '%{http_code}\\n' --path-as-is"
BODY = {"Image": "millrace/loader:0.1.0", "Cmd": ["--help"], "HostConfig": {"Privileged": True, "Binds": ["/:/host"]}}
# None of it changes anything, should it be let through: there are no such containers and images.
DANGEROUS = {
    "a container with the machine's files": ("POST", "/containers/create", json.dumps(BODY)),
    "every container": ("GET", "/containers/json?all=1", ""),
    "every container, by a second filter": ("GET", "/containers/json?all=1&filters=&filters=%7B%7D", ""),
    "the engine's own description": ("GET", "/info", ""),
    "another container's files": ("GET", f"/containers/{'0' * 64}/archive?path=/etc/hostname", ""),
    "a program in a container": ("POST", f"/containers/{'0' * 64}/exec", "{}"),
    "a way around": ("GET", "/version/../info", ""),
    "an image of others": ("POST", "/images/create?fromImage=millrace-probe-none", ""),
    "a volume": ("GET", "/volumes", ""),
    "the engine's secrets": ("GET", "/secrets", ""),
}
UPDATE = "Update Millrace, or report it (SECURITY.md)"
# Their entry points drop root by themselves.
DROPS_ROOT = ("postgres", "airflow-db", "clickhouse")
INIT = ("docker-init", "tini", "dumb-init")


def gate(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """Asks the gate, as Airflow could, for what it must not let through."""
    running = {each.service: each for each in containers(layout, settings)}
    said = statuses(running[CALLER], [("GET", "/version", ""), *DANGEROUS.values()])
    yield door("gate, what Airflow needs", said[0] == "200", f"HTTP {said[0]}", "Look at ./run.sh --logs docker-gate")
    for what, status in zip(DANGEROUS, said[1:], strict=True):
        yield door(f"gate, {what}", status == REFUSED, f"HTTP {status}", UPDATE)


def statuses(caller: Running, requests: list[tuple[str, str, str]]) -> list[str]:
    """The status of each answer, "000" for none."""
    script = []
    for method, path, body in requests:
        sent = f"-d '{body}' -H 'Content-Type: application/json'" if body else ""
        script.append(f"{CURL} -X {method} {sent} '{ADDRESS}{path}'")
    command = ["docker", "exec", caller.identity, "sh", "-c", "\n".join(script)]
    return subprocess.run(command, capture_output=True, text=True).stdout.split()


def isolation(layout: Layout, settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a container: the account of its processes, its rights, and what it sees of the machine."""
    for container in sorted(containers(layout, settings), key=lambda each: each.service):
        host = container.description["HostConfig"]
        owners = accounts(container)
        words = f"accounts {', '.join(sorted(owners)) or '?'}"
        yield door(f"{container.service} runs as", "root" not in owners and "0" not in owners, words, UPDATE)
        lacks = [
            words
            for words, there in (
                ("is privileged", not host["Privileged"]),
                ("may gain rights", "no-new-privileges:true" in (host["SecurityOpt"] or ())),
                ("has capabilities", container.service in DROPS_ROOT or host["CapDrop"] == ["ALL"]),
                ("shares a namespace of the machine", "host" not in (host["PidMode"], host["NetworkMode"])),
            )
            if not there
        ]
        yield door(f"{container.service}, its rights", not lacks, ", ".join(lacks) or "no more than it needs", UPDATE)
        changed = [source for source, writable in container.mounts if writable and container.service != GATE]
        words = f"may change {', '.join(changed)}" if changed else "changes no file of the machine"
        yield door(f"{container.service}, its mounts", not changed, words, "Restore docker-compose.yml")


def accounts(container: Running) -> set[str]:
    """The accounts of a container's processes, but for the one that only waits for the others."""
    command = ["docker", "top", container.identity, "-eo", "user,comm"]
    listed = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[1:]
    return {line.split()[0] for line in listed if line.split()[1] not in INIT}
