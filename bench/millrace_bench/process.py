"""Runs a program and measures what it takes."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from millrace_local.command import telling_line

# Seconds between two looks at the memory: a look costs what is measured some time too, and a long run changes slowly.
SHORT_PAUSE, LONG_PAUSE, PART_OF_RUN = 0.02, 0.2, 0.02
LOOK_FOR_CHILDREN = 0.5  # seconds between two looks for new processes, as those cost most


class Failed(Exception):
    """A contestant did not do what it was asked for; the message says why in a line."""


@dataclass(frozen=True)
class Usage:
    """Seconds from start to end, CPU seconds and peak memory (MB) of the process and its children, where it has any."""

    seconds: float
    cpu: float | None = None
    peak: float | None = None


def measure(command: Sequence[str | Path], environment: Mapping[str, str], log: Path, limit: float) -> Usage:
    """Runs a command to its end, its output thrown away and its messages kept in log.

    limit: seconds it may take. Raises Failed when it takes longer, or ends with another exit code than 0.
    """
    with log.open("wb") as messages:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=messages,
            env=dict(environment),
            start_new_session=True,
        )
        try:
            peak = watch(process.pid, began + limit)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = telling_line(log.read_text(errors="replace"))
        raise Failed(f"exit code {process.returncode}: {said}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, peak / 1000)


def watch(pid: int, deadline: float) -> float:
    """Waits until a process ends; returns the most memory (kB) that it and its children had.

    wait4() knows a peak too, but that one includes the memory of whoever started the process.
    """
    descriptor = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        family, peak = [pid], 0
        began = looked = time.monotonic()
        while True:
            now = time.monotonic()
            if now > deadline:
                raise Failed("stopped, as it took too long")
            if now - looked > LOOK_FOR_CHILDREN:
                family, looked = list(session_of(pid)), now
            peak = max(peak, sum(peak_of(member) for member in family))
            if poll.poll(1000 * min(LONG_PAUSE, max(SHORT_PAUSE, PART_OF_RUN * (now - began)))):
                return peak
    finally:
        os.close(descriptor)


def session_of(leader: int) -> Iterator[int]:
    """Ids of the processes of a session: its leader and what that has started."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == leader:
                    yield int(entry.name)
            except ProcessLookupError:
                continue


def peak_of(pid: int) -> int:
    """The most memory (kB, resident) that a process has had so far; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
