"""Keeps the memory that answers and inserts pass through from staying with the process."""

from __future__ import annotations

import ctypes
import threading

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE_BYTES = 128 << 10
_QUIET_SECONDS = 3.0


def give_back_large_blocks() -> None:
    """Has the C library return each large block when it is freed, and share its arenas among all threads."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        libc.mallopt(_M_TRIM_THRESHOLD, _LARGE_BYTES)
        libc.mallopt(_M_ARENA_MAX, 2)


class Trimmer:
    """Has the C library return what small blocks leave free, once no request has run for a while."""

    def __init__(self) -> None:
        self._running = 0
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def __enter__(self) -> None:
        with self._lock:
            self._running += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._running -= 1
            if self._running == 0 and self._timer is None and self._trim is not None:
                self._timer = threading.Timer(_QUIET_SECONDS, self._when_quiet)
                self._timer.daemon = True
                self._timer.start()

    def _when_quiet(self) -> None:
        with self._lock:
            self._timer = None
            quiet = self._running == 0
        if quiet and self._trim is not None:
            self._trim(0)
