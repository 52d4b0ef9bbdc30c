"""A queue of work whose waiting readers end with the process that fills it."""

import ctypes
import os
import signal
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
LAST_LOOK = 1  # seconds that an orphan waits for work that was queued before its parent died
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class WorkQueue:
    """A worker's view of its parent's queue."""

    def __init__(self, queue: Any) -> None:
        """Called in the parent."""
        self._queue = queue
        self._parent = os.getpid()

    def get(self) -> Any:
        """The next piece of work; ends this process when there will be none."""
        end_with_parent(signal.SIGKILL)
        if os.getppid() != self._parent:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(LAST_LOOK)
        try:
            return self._queue.get()
        finally:
            signal.alarm(0)
            end_with_parent(0)


def end_with_parent(number: int) -> None:
    """The signal that this process gets when its parent ends; 0: none."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, number)
