"""Which of the two runtimes is meant."""

from millrace_docker import engine
from millrace_docker.project import Project
from millrace_local.layout import Layout
from millrace_local.private import own_folder
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.supervise import Supervisor

DOCKER, LOCAL = "docker", "local"


def remembered(layout: Layout) -> str | None:
    """What this state folder's data was made by; None before the first start."""
    path = layout.state / "runtime"
    return path.read_text().strip() if path.is_file() else None


def remember(layout: Layout, runtime: str) -> None:
    """Lets later commands know."""
    own_folder(layout.state, layout.state_mode)
    (layout.state / "runtime").write_text(runtime + "\n")


def choose(layout: Layout, docker: bool, local: bool) -> str:
    """What to start: what is asked for, else what ran before, else docker where an engine answers.

    Raises Problem when the other one is running, and when docker is asked for and does not answer.
    """
    if docker and local:
        raise Problem("--docker and --local exclude each other.", "Give one of them.", BAD_CONFIGURATION)
    asked = DOCKER if docker else LOCAL if local else None
    before = remembered(layout)
    if asked and before and asked != before and is_running(layout, before):
        words = {DOCKER: "in Docker", LOCAL: "without Docker"}[before]
        raise Problem(f"Millrace runs already, {words}.", "Stop it first: ./stop.sh", BAD_CONFIGURATION)
    if asked == DOCKER:
        engine.require()
    return asked or before or (DOCKER if engine.lacks() is None and not is_running(layout, LOCAL) else LOCAL)


def is_running(layout: Layout, runtime: str) -> bool:
    """True when processes of the local runtime, or containers of the docker runtime, run for this state folder."""
    if runtime == LOCAL:
        return Supervisor(layout).is_up()
    label = f"label=com.docker.compose.project={Project(layout).name}"
    return bool(engine.ask(["docker", "ps", "--quiet", "--filter", label]))
