"""./stop.sh: stops every process in the order that loses nothing, and on request removes the data."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.progress import Progress
from millrace_local.services import stop_order
from millrace_local.supervise import Supervisor, alive

TERM_TIMEOUT = 10.0  # seconds


def down(layout: Layout, clean: bool, yes: bool) -> None:
    """Stops everything of this state folder; with clean removes its data, once asked or with yes."""
    if clean and not yes:
        ask(f"all data below {layout.state}")
    progress = Progress()
    supervisor = Supervisor(layout)
    if supervisor.is_up():
        for name in stop_order(supervisor.states()):
            with progress.working(f"stop {name}"):
                supervisor.stop(name)
        supervisor.shut_down()
    stray = list(own_processes(layout.state))
    if stray:
        end(stray)
        progress.line("✓", f"ended {len(stray)} processes that had lost their supervisor")
    if clean:
        remove_data(layout)
        progress.line("✓", f"removed {layout.state}")
    print("Millrace is stopped." if clean else "Millrace is stopped; its data stays. ./run.sh starts it again.")


def ask(what: str) -> None:
    """Returns when the user agrees that this goes; raises Problem otherwise."""
    if not sys.stdin.isatty():
        raise Problem("--clean removes all data and wants to ask first.", "Add --yes in scripts.", BAD_CONFIGURATION)
    answer = input(f"Remove {what}? [y/N] ")
    if answer.strip().lower() not in ("y", "yes"):
        raise Problem("nothing was stopped or removed.", "Answer y to go on.", BAD_CONFIGURATION)


def own_processes(state: Path) -> Iterator[int]:
    """Ids of processes started with this state folder in their environment; not ourselves and our callers."""
    marks = {f"MILLRACE_STATE={state}".encode(), b"MILLRACE_RUNTIME=local"}
    callers = ancestors()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in callers:
            continue
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if marks.issubset(environment):
            yield int(entry.name)


def ancestors() -> set[int]:
    """Our own id and those of the processes that called us."""
    found, pid = set(), os.getpid()
    while pid > 0:
        found.add(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return found


def end(pids: list[int]) -> None:
    """Asks processes to end and, when they don't, makes them."""
    for kind, patience in ((signal.SIGTERM, TERM_TIMEOUT), (signal.SIGKILL, TERM_TIMEOUT)):
        for pid in pids:
            if alive(pid):
                os.kill(pid, kind)
        deadline = time.monotonic() + patience
        while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.1)


def remove_data(layout: Layout) -> None:
    """Removes the state folder and what lies outside it on its behalf."""
    for place in (
        layout.state,
        layout.supervisor_socket.parent,
        layout.outside if layout.clickhouse_owner else None,
    ):
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)
