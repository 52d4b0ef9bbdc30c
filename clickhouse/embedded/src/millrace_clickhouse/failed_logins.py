"""Slows down who guesses passwords: the answer to a wrong login waits, a right one never does."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_FREE = 5
_FIRST_SECONDS = 0.1
_MAX_SECONDS = 2.0
_FORGET_SECONDS = 60.0
_MAX_PEERS = 1024
_MAX_WAITING = 32


@dataclass
class _Failures:
    count: int
    last: float


class FailedLogins:
    """The wrong logins of each peer of the last minute. Beyond 32 that wait, further ones get no answer at all."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._peers: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(_MAX_WAITING)

    def hold(self, peer: str) -> bool:
        """Notes a wrong login and waits before it is answered. False when too many wait: then it gets no answer."""
        seconds = self._noted(peer)
        if not self._places.acquire(blocking=False):
            return False
        try:
            if seconds:
                self._sleep(seconds)
        finally:
            self._places.release()
        return True

    def _noted(self, peer: str) -> float:
        now = self._clock()
        with self._lock:
            failures = self._peers.pop(peer, None)
            if failures is None or now - failures.last > _FORGET_SECONDS:
                failures = _Failures(0, now)
            failures.count, failures.last = failures.count + 1, now
            self._peers[peer] = failures
            if len(self._peers) > _MAX_PEERS:
                self._peers.popitem(last=False)
            beyond = failures.count - _FREE
        return min(_MAX_SECONDS, _FIRST_SECONDS * 2.0 ** min(beyond - 1, 10)) if beyond > 0 else 0.0
