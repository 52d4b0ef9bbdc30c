"""./stop.sh in the docker runtime: removes the containers, and on request the volumes with the data."""

import shutil
import subprocess

from millrace_docker import engine
from millrace_docker.compose import Compose
from millrace_local.down import ask
from millrace_local.layout import Layout
from millrace_local.progress import Progress
from millrace_local.settings import load_settings

LOADER = "millrace.loader"


def down(layout: Layout, clean: bool, yes: bool) -> None:
    """Removes every container of this state folder; with clean its volumes too, once asked or with yes."""
    engine.require()
    settings = load_settings(layout.root)
    # The compose file insists on keys that stopping does not need.
    compose = Compose(layout, {name: value or "-" for name, value in settings.items()})
    if clean and not yes:
        ask(f"all data of the compose project {compose.project.name}")
    progress = Progress()
    with progress.working("remove containers"):
        stop_airflow_first(compose)
        remove_loaders(compose.project.name)
        volumes = ["--volumes"] if clean else []
        compose.run("Removing the containers", compose.log("docker-down"), "down", "--remove-orphans", *volumes)
    if clean:
        forget(layout)
        progress.line("✓", "removed the volumes")
    print("Millrace is stopped." if clean else "Millrace is stopped; its data stays. ./run.sh starts it again.")


def stop_airflow_first(compose: Compose) -> None:
    """The scheduler ends its tasks, and they their containers, while everything they need is still there."""
    compose.run("Stopping Airflow's scheduler", compose.log("docker-down"), "stop", "airflow-scheduler")


def remove_loaders(project: str) -> None:
    """Removes containers of the loader that a killed scheduler has left."""
    argv = ["docker", "ps", "--all", "--quiet", "--filter", f"label={LOADER}={project}"]
    left = subprocess.run(argv, capture_output=True, text=True, check=False).stdout.split()
    if left:
        subprocess.run(["docker", "rm", "--force", *left], capture_output=True, check=False)


def forget(layout: Layout) -> None:
    """Removes what the docker runtime wrote into the state folder, and the folder when nothing else is in it."""
    for path in (*layout.logs.glob("docker-*.log"), layout.run / "docker-up.stamp", layout.state / "runtime"):
        path.unlink(missing_ok=True)
    kept = [path for path in layout.state.rglob("*") if path.is_file() and path != layout.run / "lock"]
    if not kept:
        shutil.rmtree(layout.state, ignore_errors=True)
