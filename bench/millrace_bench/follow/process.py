"""A process that goes on while it is measured."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from millrace_bench.process import Failed, peak_of
from millrace_local.command import telling_line

STOP_PATIENCE = 30.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


class LongProcess:
    """Runs until it is stopped. log: what it says, both outputs."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=dict(environment)
            )

    def refuse_ended(self) -> None:
        """Raises Failed with its last words when it runs no more."""
        if self._process.poll() is not None:
            raise Failed(telling_line(self.log.read_text(errors="replace")))

    def hold(self) -> None:
        """Lets it have no more time."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    @property
    def peak(self) -> float:
        """The most memory (MB, resident) that it has had."""
        return peak_of(self._process.pid) / 1000

    @property
    def resident(self) -> float:
        """Memory (MB)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1000

    @property
    def cpu(self) -> float:
        """CPU seconds since its start."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self) -> None:
        """Ends it, by force where it does not by itself."""
        if self._process.poll() is None:
            self.go_on()
            self._process.terminate()
            try:
                self._process.wait(STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def wait_for(what: str, holds: Callable[[], bool], limit: float, pause: float = 0.05) -> float:
    """Seconds until holds() is true; raises Failed after limit (seconds)."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > limit:
            raise Failed(f"waited {limit:.0f} s in vain for {what}")
        time.sleep(pause)
    return time.monotonic() - began
