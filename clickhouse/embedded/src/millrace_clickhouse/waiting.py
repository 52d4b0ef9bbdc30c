"""
Connections that wait for a request. One thread watches them all, so that those who send nothing, or a head piece by
piece, hold none; how many there are, how long a head may take and how much all heads together are has a bound.
"""

from __future__ import annotations

import contextlib
import socket
import time

from cheroot.connections import ConnectionManager
from cheroot.server import HTTPConnection

from .incoming import Head

_MAX_CONNECTIONS = 512
_HEAD_SECONDS = 10.0
_LARGE_HEAD_BYTES = 1 << 16
_LARGE_HEADS_BYTES = 32 << 20
_LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class WaitingConnections(ConnectionManager):
    """The connections of a server that no thread serves at the moment."""

    def put(self, conn: HTTPConnection) -> None:
        """Takes a connection that has had its answer."""
        conn.answered = True
        conn.last_used = time.time()
        conn.head_since = None
        conn.socket.setblocking(False)
        if conn.rfile.has_data() and conn.rfile.head() is not Head.PARTIAL:
            self.server.hand_over(conn)
        else:
            self._watch(conn)

    def gather(self, conn: HTTPConnection) -> None:
        """Takes what a connection has sent; with a whole head it is handed over to a thread."""
        match conn.rfile.gather():
            case Head.COMPLETE | Head.TOO_LARGE:
                self.server.hand_over(conn)
            case Head.PARTIAL:
                self._watch(conn)
                self._bound_heads()
            case Head.GONE:
                conn.close()

    def _from_server_socket(self, server_socket: socket.socket) -> None:
        conn = super()._from_server_socket(server_socket)
        if conn is None:
            return
        self._make_room()
        conn.answered = False
        conn.last_used = time.time()
        conn.head_since = None
        conn.socket.setblocking(False)
        self._watch(conn)

    def _watch(self, conn: HTTPConnection) -> None:
        if conn.head_since is None and conn.rfile.has_data():
            conn.head_since = time.time()
        with contextlib.suppress(ValueError, OSError):
            self._selector.register(conn.socket.fileno(), 1, data=conn)

    def _expire(self, threshold: float) -> None:
        now = time.time()
        for number, conn in self._waiting():
            late = conn.head_since is not None and conn.head_since < now - _HEAD_SECONDS
            if late or conn.last_used < threshold:
                self._end(number, conn, _LATE if late else b"")

    def _make_room(self) -> None:
        """Beyond the most there may be, one goes that has not asked anything yet, the oldest first."""
        waiting = self._waiting()
        if len(waiting) >= _MAX_CONNECTIONS:
            self._end(*min(waiting, key=lambda one: (one[1].answered, one[1].last_used)), b"")

    def _bound_heads(self) -> None:
        large = [one for one in self._waiting() if one[1].rfile.waiting_bytes > _LARGE_HEAD_BYTES]
        while sum(conn.rfile.waiting_bytes for _, conn in large) > _LARGE_HEADS_BYTES:
            oldest = min(large, key=lambda one: one[1].head_since)
            large.remove(oldest)
            self._end(*oldest, _LATE)

    def _waiting(self) -> list[tuple[int, HTTPConnection]]:
        return [(number, conn) for number, conn in self._selector.connections if conn is not self.server]

    def _end(self, number: int, conn: HTTPConnection, told: bytes) -> None:
        self._selector.unregister(number)
        with contextlib.suppress(OSError):
            if told:
                conn.socket.send(told)
        with contextlib.suppress(OSError):
            conn.close()
