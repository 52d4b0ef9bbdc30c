"""The containers of the docker runtime, as the engine describes them."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from millrace_docker.compose import Compose
from millrace_local.layout import Layout

SERVICE = "com.docker.compose.service"
ONCE = "airflow-init"


@dataclass(frozen=True)
class Running:
    """A running container. description: what `docker inspect` says."""

    service: str
    description: Mapping[str, Any]

    @property
    def identity(self) -> str:
        return self.description["Id"]

    @property
    def environment(self) -> dict[str, str]:
        """Its variables."""
        return dict(entry.partition("=")[::2] for entry in self.description["Config"]["Env"] or ())

    @property
    def mounts(self) -> Iterator[tuple[str, bool]]:
        """Folders and files of the machine that it sees, and whether it may change them."""
        for mount in self.description["Mounts"]:
            if mount["Type"] == "bind":
                yield mount["Source"], mount["RW"]


def containers(layout: Layout, settings: Mapping[str, str]) -> list[Running]:
    """The project's containers that run now."""
    compose = Compose(layout, {name: value or "-" for name, value in settings.items()})
    there = [c.identity for c in compose.containers().values() if c.state == "running"]
    done = subprocess.run(["docker", "inspect", *there], capture_output=True, text=True, check=bool(there))
    described = json.loads(done.stdout or "[]") if there else []
    return [Running(each["Config"]["Labels"][SERVICE], each) for each in described]


def published(running: Iterable[Running]) -> Iterator[tuple[str, str, int]]:
    """Ports of this machine that lead into containers: service, address, port."""
    for container in running:
        for places in (container.description["NetworkSettings"]["Ports"] or {}).values():
            for place in places or ():
                yield container.service, place["HostIp"] or "0.0.0.0", int(place["HostPort"])
