"""The threads that serve requests: as many as there are requests, so that slow ones never make a quick one wait."""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import Any

from cheroot.server import HTTPConnection, HTTPServer
from cheroot.workers.threadpool import _SHUTDOWNREQUEST, ThreadPool, WorkerThread

_AT_FIRST = 16
_AT_MOST = 1024
_IDLE_SECONDS = 10.0


class ElasticThreadPool(ThreadPool):
    """Grows when every thread is busy; threads that were idle for a while end, down to those of the start."""

    def __init__(self, server: HTTPServer) -> None:
        super().__init__(server, min=_AT_FIRST, max=_AT_MOST)
        self._lock = threading.Lock()
        # Threads that wait, less the connections that wait for one.
        self._free = 0
        self.get = self._get

    @property
    def queued(self) -> int:
        """How many connections wait for a thread."""
        return max(-self._free, 0)

    def put(self, obj: HTTPConnection) -> None:
        """Hands a connection with a request over to a thread."""
        with self._lock:
            if self._free <= 0 and len(self._threads) < self.max:
                self._begin()
            self._free -= 1
        super().put(obj)

    def grow(self, amount: int) -> None:
        """Begins threads, up to the most there may be."""
        with self._lock:
            for _ in range(min(amount, self.max - len(self._threads))):
                self._begin()

    def _begin(self) -> None:
        worker = WorkerThread(self.server)
        self._threads.append(worker)
        worker.start()

    def _get(self) -> Any:
        with self._lock:
            self._free += 1
        while True:
            try:
                return self._queue.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                if self._ends():
                    return _SHUTDOWNREQUEST

    def _ends(self) -> bool:
        """Whether the calling thread, which waits in vain, is one too many; then it counts no more."""
        with self._lock:
            if self._free <= 0 or len(self._threads) <= self.min:
                return False
            self._free -= 1
            with contextlib.suppress(ValueError):
                self._threads.remove(threading.current_thread())
            return True
