"""./run.sh --logs in the docker runtime."""

from millrace_docker.compose import Compose
from millrace_local.logs import LINES, show_log
from millrace_local.problem import BAD_CONFIGURATION, Problem


def show_logs(compose: Compose, name: str, follow: bool) -> None:
    """Prints the end of a container's log, or of one of ours, and goes on as it grows if asked.

    Raises Problem (exit code 2) that lists the logs when there is none of this name.
    """
    ours = sorted(log.stem for log in compose.layout.logs.glob("docker-*.log"))
    there = sorted(compose.containers())
    if name in ours:
        show_log(compose.layout, name, follow)
    elif name in there:
        compose.show("logs", "--no-color", "--no-log-prefix", "--tail", LINES, *(["--follow"] if follow else []), name)
    else:
        sentence = f"there is no log named {name}." if name else "which log?"
        raise Problem(sentence, f"There are: {', '.join(there + ours) or 'none yet'}", BAD_CONFIGURATION)
