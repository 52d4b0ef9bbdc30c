"""A product that ./run.sh --docker started, and what tests ask of its containers."""

import shutil
import subprocess
from pathlib import Path

from images import docker
from product import DAG, PORTS, Product

ALL_PORTS = (*PORTS, "AIRFLOW_DB_PORT", "CLICKHOUSE_NATIVE_PORT")


class ContainerProduct(Product):
    """Runs from a copy of the checkout, where it may write its .env."""

    @property
    def project(self) -> str:
        """The name of its compose project, which this product asks for."""
        return f"millrace-e2e-{self.ports['AIRFLOW_PORT']}"

    def environment(self) -> dict[str, str]:
        """As of any product, with names of its own, and with what is installed already."""
        own = {"COMPOSE_PROJECT_NAME": self.project, "MILLRACE_NETWORK": self.project}
        return {**super().environment(), **own}

    def objects(self, kind: str) -> list[str]:
        """Ids or names of what its project has of a kind: container, volume or network."""
        every = ["--all"] if kind == "container" else []
        label = f"label=com.docker.compose.project={self.project}"
        return docker(kind, "ls", *every, "--quiet", "--filter", label).stdout.split()

    def container(self, service: str) -> str:
        """The id of a service's container."""
        labels = (f"com.docker.compose.project={self.project}", f"com.docker.compose.service={service}")
        listed = docker("container", "ls", "--all", "--quiet", *(f"--filter=label={label}" for label in labels))
        return listed.stdout.strip()

    def started_at(self, service: str) -> str:
        """When a service's container was last started."""
        return docker("inspect", "--format", "{{.State.StartedAt}}", self.container(service)).stdout.strip()

    def kill_processes(self, service: str, user: str) -> None:
        """Kills, from within, every process of this account in a service's container."""
        docker("exec", "--user", user, self.container(service), "sh", "-c", "kill -9 -1")

    def inside(self, service: str, command: str) -> str:
        """What a shell command prints in a service's container."""
        return docker("exec", self.container(service), "sh", "-c", command).stdout

    def loaders(self) -> list[str]:
        """The loader's containers."""
        label = f"label=millrace.loader={self.project}"
        return docker("container", "ls", "--all", "--quiet", "--filter", label).stdout.split()

    def task_states(self, run: str) -> dict[str, str]:
        """The state of each task of a run."""
        return {task["task_id"]: task["state"] for task in self.airflow().tasks(DAG, run)}


def copy_of(root: Path, place: Path) -> Path:
    """The checkout's files, as they are now, without what is installed or built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (root / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, place / name)
    return place
