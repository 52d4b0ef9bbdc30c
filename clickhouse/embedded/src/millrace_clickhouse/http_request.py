"""One connection of a client and its requests, read from the wire, strictly."""

from __future__ import annotations

import socket

from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection, HTTPRequest, HTTPServer

from .body import ChunkedBody, SizedBody
from .head import StrictHeaders
from .incoming import Incoming

_REQUEST_SECONDS = 300
_MAX_ADDRESS_BYTES = 1 << 20


class _Request(HTTPRequest):
    """Reads bodies piece by piece, and knows when one ends too early."""

    header_reader = StrictHeaders()

    def read_request_line(self) -> bool:
        """Refuses what is no address before it is taken apart."""
        try:
            read = super().read_request_line()
        except ValueError:
            self.simple_response("400 Bad Request", "Malformed Request-URI")
            return False
        if read and len(self.uri) > _MAX_ADDRESS_BYTES:
            self.simple_response("414 Request-URI Too Long", f"The address is longer than {_MAX_ADDRESS_BYTES} bytes.")
            return False
        return read

    def read_request_headers(self) -> bool:
        """Refuses chunks where the protocol knows none, which a program on the way may have read as no body."""
        read = super().read_request_headers()
        if read and b"Transfer-Encoding" in self.inheaders and not self.chunked_read:
            self.simple_response("400 Bad Request", "HTTP/1.0 knows no Transfer-Encoding.")
            return False
        return read

    def respond(self) -> None:
        self.conn.socket.settimeout(_REQUEST_SECONDS)
        length = int(self.inheaders.get(b"Content-Length", 0))
        self.rfile = None
        self.body = ChunkedBody(self.conn.rfile) if self.chunked_read else SizedBody(self.conn.rfile, length)
        self.server.gateway(self).respond()
        if self.ready:
            self.ensure_headers_sent()
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")
        self.conn.socket.settimeout(self.server.timeout)


class Connection(HTTPConnection):
    """A connection of a client, which holds a thread while it has a request."""

    RequestHandlerClass = _Request

    def __init__(self, server: HTTPServer, sock: socket.socket, makefile: object = MakeFile) -> None:
        super().__init__(
            server, sock, lambda one, mode, size: Incoming(one) if mode == "rb" else MakeFile(one, mode, size)
        )

    def communicate(self) -> bool:
        """Serves one request, whose head has come."""
        self.socket.settimeout(self.server.timeout)
        return super().communicate()
