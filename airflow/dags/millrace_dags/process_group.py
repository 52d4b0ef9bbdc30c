"""A process and everything that it starts, ended together."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Self

from millrace_dags.parent import end_with_parent

# Seconds between asking to end and making it end; below the 5 that Airflow gives a task for on_kill.
GRACE = 3.0


class ProcessGroup:
    """A context manager around a process in a group of its own; nothing of the group outlives it."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], grace: float = GRACE) -> None:
        """grace: seconds. Raises OSError when the program can't be started."""
        self._grace = grace
        self._process = subprocess.Popen(
            argv,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        if self._process.stdout:
            self._process.stdout.close()

    def lines(self) -> Iterator[str]:
        """What the process says on both its streams, without line ends, until it has closed them."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield line.rstrip()

    def wait(self) -> int:
        """The exit code once the process has ended; the negated signal when one ended it."""
        return self._process.wait()

    def end(self) -> None:
        """Asks the group to end, and makes it when it has not within the grace."""
        if self._process.poll() is None:
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(self._grace)
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
