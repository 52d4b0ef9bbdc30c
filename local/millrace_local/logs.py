"""./run.sh --logs: shows the log of a process."""

import subprocess

from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem

LINES = "200"


def show_log(layout: Layout, name: str, follow: bool) -> None:
    """Prints the end of a log and, if asked, goes on as it grows.

    Raises Problem (exit code 2) that lists the logs when there is none of this name.
    """
    known = {log.stem: log for folder in (layout.logs, layout.install_logs) for log in sorted(folder.glob("*.log"))}
    if name not in known:
        sentence = f"there is no log named {name}." if name else "which log?"
        raise Problem(sentence, f"There are: {', '.join(known) or 'none yet'}", BAD_CONFIGURATION)
    subprocess.run(["tail", "-n", LINES, *(["-F"] if follow else []), known[name]], check=False)
