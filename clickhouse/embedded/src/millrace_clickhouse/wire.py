"""The way of an answer to its client: status, headers, body."""

from __future__ import annotations

import select
from http import HTTPStatus

from cheroot.server import HTTPRequest

from .visible import visible

_PAUSE_MILLISECONDS = 100
# A browser that is shown an answer shows it as text, in no frame, and runs nothing of it.
_PAGE_HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]


class Wire:
    """Writes an answer to the connection of one request."""

    def __init__(self, request: HTTPRequest) -> None:
        self._request = request

    def start(self, status: HTTPStatus, headers: list[tuple[str, str]], length: int | None) -> None:
        request = self._request
        request.status = f"{status.value} {status.phrase}".encode()
        lines = [*headers, ("Content-Length", str(length))] if length is not None else headers
        request.outheaders = [
            (name.encode(), visible(value).encode("latin-1", "replace")) for name, value in (*lines, *_PAGE_HEADERS)
        ]
        if not request.close_connection:
            request.outheaders.append((b"Connection", b"Keep-Alive"))
        request.ensure_headers_sent()

    def write(self, data: bytes) -> None:
        if data and self._request.method != b"HEAD":
            self._request.write(data)

    def end(self) -> None:
        """The HTTP server ends the body itself."""

    def pause(self) -> None:
        """Gives the client a moment to read what was sent."""
        poller = select.poll()
        poller.register(self._request.conn.socket, select.POLLRDHUP)
        poller.poll(_PAUSE_MILLISECONDS)

    def abort(self) -> None:
        """Leaves the body without its end, so that no client takes it for complete."""
        self._request.chunked_write = False
        self._request.close_connection = True
