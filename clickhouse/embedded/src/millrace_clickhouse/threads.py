"""The threads that serve requests: as many as there are requests, so that slow ones never make a quick one wait."""

from __future__ import annotations

from cheroot.server import HTTPConnection, HTTPServer
from cheroot.workers.threadpool import ThreadPool

_AT_FIRST = 16
_AT_ONCE = 16
_AT_MOST = 1024


class ElasticThreadPool(ThreadPool):
    """Grows when every thread is busy; threads that are idle afterwards stay for the next rush."""

    def __init__(self, server: HTTPServer) -> None:
        super().__init__(server, min=_AT_FIRST, max=_AT_MOST)

    def put(self, obj: HTTPConnection) -> None:
        """Hands a connection with a request over to a thread."""
        if self.idle <= self._queue.qsize():
            self.grow(_AT_ONCE)
        super().put(obj)
