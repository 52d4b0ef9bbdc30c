"""Ends processes with the one that started them, on systems that can do that."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """From now on this process gets the signal when its parent ends, however that ends."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, number)
