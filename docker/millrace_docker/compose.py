"""Runs docker compose for one project."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from millrace_contract.folder import readable
from millrace_docker.project import Project
from millrace_docker.sources import FOLLOW, write_override
from millrace_local.command import run_logged
from millrace_local.followers import followers
from millrace_local.layout import Layout
from millrace_local.problem import Problem

PROGRAMS = ("loader", "generator")  # services that run when they are called, each in a profile of its name


@dataclass(frozen=True)
class Container:
    """A service's container. state: running, exited, …; health: healthy, starting, unhealthy or ""."""

    service: str
    identity: str
    state: str
    health: str
    exit_code: int
    status: str

    @property
    def well(self) -> bool:
        """True when it does what it is there for, or did it to its end: only what runs to an end has no health."""
        if self.state == "running":
            return self.health == "healthy"
        return self.state == "exited" and self.exit_code == 0 and self.health == ""


class Compose:
    """docker compose with the project's name, file and settings."""

    def __init__(self, layout: Layout, settings: Mapping[str, str]) -> None:
        self.layout = layout
        self.project = Project(layout)
        self._environment = self.project.environment(settings)
        file = layout.root / "docker-compose.yml"
        # The settings are in the environment already, read in our own way.
        sources = write_override(layout, settings)
        self._argv = [
            "docker",
            "compose",
            "--file",
            str(file),
            "--file",
            str(sources),
            "--env-file",
            "/dev/null",
            *(word for profile in profiles(layout) for word in ("--profile", profile)),
        ]

    def log(self, name: str) -> Path:
        """Where the output of a step goes."""
        return self.layout.logs / f"{name}.log"

    def run(self, what: str, log: Path, *arguments: str) -> None:
        """Runs to the end with the output in log; raises Problem naming `what`."""
        run_logged([*self._argv, *arguments], log, self._environment, what, self.layout.root)

    def show(self, *arguments: str) -> int:
        """Runs with our own output; returns the exit code."""
        return subprocess.run([*self._argv, *arguments], env=self._environment, check=False).returncode

    def program(self, service: str) -> Callable[[Sequence[str]], int]:
        """A service that is not kept running, as a program that runs to its end with our own output."""
        return lambda arguments: self.show("run", "--rm", "--no-deps", service, *arguments)

    def ask(self, *arguments: str) -> str:
        """What it prints; raises Problem with its complaint."""
        done = subprocess.run([*self._argv, *arguments], env=self._environment, capture_output=True, text=True)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["it said nothing"]
            raise Problem(f"docker compose {arguments[0]} failed: {said[-1]}", "Does `docker info` work?")
        return done.stdout

    def services(self) -> list[str]:
        """The names of all services but the programs and what followers are made of, which are not started."""
        return sorted(set(self.ask("config", "--services").split()) - {*PROGRAMS, FOLLOW})

    def images(self) -> list[str]:
        """The images that are built here."""
        return sorted(image for image in self.ask("config", "--images").split() if image.startswith("millrace/"))

    def containers(self) -> dict[str, Container]:
        """The containers there are, by service."""
        return {container.service: container for container in parsed(self.ask("ps", "--all", "--format", "json"))}


def profiles(layout: Layout) -> Iterator[str]:
    """What is switched on besides the services that every pipeline needs."""
    yield from PROGRAMS
    if any(pipeline.generate for pipeline in readable(layout.pipelines)):
        yield "order-api"
    if followers(layout.pipelines):
        yield FOLLOW


def parsed(said: str) -> Sequence[Container]:
    """Containers from what `ps` prints: a JSON object a line."""
    fields = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return [Container(f["Service"], f["ID"], f["State"], f["Health"], f["ExitCode"], f["Status"]) for f in fields]
