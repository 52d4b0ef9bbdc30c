"""Bodies that nobody wants: a client that still sends may lose the answer with the connection."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from cheroot.server import HTTPRequest

from .errors import BrokenBody, ClientGone

_SECONDS = 5.0
_PIECE_BYTES = 1 << 16
_AT_ONCE = threading.BoundedSemaphore(64)


def linger(request: HTTPRequest) -> None:
    """Reads on for a moment after the answer, as long as not too many do."""
    if not _AT_ONCE.acquire(blocking=False):
        return
    try:
        _read_on(request)
    finally:
        _AT_ONCE.release()


def _read_on(request: HTTPRequest) -> None:
    ends = time.monotonic() + _SECONDS
    with contextlib.suppress(OSError, ClientGone, BrokenBody):
        request.conn.socket.shutdown(socket.SHUT_WR)
        while (left := ends - time.monotonic()) > 0:
            request.conn.socket.settimeout(left)
            if not request.body.read(_PIECE_BYTES):
                return
