"""The HTTP side: each request of each client is served by one thread, from parsing to the end of the answer."""

from __future__ import annotations

import logging
import socket
from http import HTTPStatus

from cheroot.server import Gateway, HTTPConnection, HTTPRequest, HTTPServer

from .auth import Credentials, check, offered
from .body import ChunkedBody, SizedBody, drain
from .call import Call
from .engine import Engine
from .errors import ClickHouseError, ClientGone
from .memory import Trimmer
from .query_handler import QueryHandler
from .request import pairs_of
from .response import Response
from .threads import ElasticThreadPool

_LOG = logging.getLogger("millrace_clickhouse")
_REQUEST_SECONDS = 300
_KEEP_ALIVE_SECONDS = 30
_BACKLOG = 1024
_HEADER_BYTES = 10 << 20
_NOT_FOUND = (
    "There is no handle {path}\n\nUse / or /ping for health checks.\nOr /replicas_status for more sophisticated health "
    "checks.\n\nSend queries from your program with POST method or GET /?query=...\n"
)


class _Wire:
    """Writes an answer to the connection of one request."""

    def __init__(self, request: HTTPRequest) -> None:
        self._request = request

    def start(self, status: HTTPStatus, headers: list[tuple[str, str]], length: int | None) -> None:
        request = self._request
        request.status = f"{status.value} {status.phrase}".encode()
        lines = [*headers, ("Content-Length", str(length))] if length is not None else headers
        request.outheaders = [(name.encode(), value.encode("latin-1", "replace")) for name, value in lines]
        if not request.close_connection:
            request.outheaders.append((b"Connection", b"Keep-Alive"))
        request.ensure_headers_sent()

    def write(self, data: bytes) -> None:
        if data and self._request.method != b"HEAD":
            self._request.write(data)

    def end(self) -> None:
        """The HTTP server ends the body itself."""

    def abort(self) -> None:
        """Leaves the body without its end, so that no client takes it for complete."""
        self._request.chunked_write = False
        self._request.close_connection = True


class _Request(HTTPRequest):
    """Reads bodies piece by piece, and knows when one ends too early."""

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


class _Connection(HTTPConnection):
    RequestHandlerClass = _Request


class ClickHouseServer(HTTPServer):
    """The server, ready to start."""

    ConnectionClass = _Connection

    def __init__(self, address: tuple[str, int], engine: Engine, queries: QueryHandler, user: Credentials) -> None:
        super().__init__(address, _Gateway, server_name="ClickHouse")
        self.requests = ElasticThreadPool(self)
        self.engine = engine
        self.queries = queries
        self.user = user
        self.trimmer = Trimmer()
        self.timeout = _KEEP_ALIVE_SECONDS
        self.request_queue_size = _BACKLOG
        self.keep_alive_conn_limit = _BACKLOG
        self.max_request_header_size = _HEADER_BYTES
        self.display_name = socket.gethostname()

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Sends the HTTP server's own messages to the log."""
        _LOG.log(level, msg, exc_info=traceback)


class _Gateway(Gateway):
    def respond(self) -> None:
        request = self.req
        try:
            self._route(request)
        except (ClientGone, OSError) as gone:
            _LOG.info("client gone: %r", gone)
            request.sent_headers = True
            request.chunked_write = False
            request.close_connection = True

    def _route(self, request: HTTPRequest) -> None:
        path = request.path.decode("utf-8", "replace")
        if request.method == b"POST" or (request.method in (b"GET", b"HEAD") and request.qs):
            with request.server.trimmer:
                self._query(request)
        elif path in ("/", "/ping", "/replicas_status"):
            self._plain(request, HTTPStatus.OK, "Ok.\n")
        elif request.method == b"OPTIONS":
            self._plain(request, HTTPStatus.NO_CONTENT, "")
        else:
            self._plain(request, HTTPStatus.NOT_FOUND, _NOT_FOUND.format(path=path))

    def _plain(self, request: HTTPRequest, status: HTTPStatus, text: str) -> None:
        wire = _Wire(request)
        wire.start(status, [("Content-Type", "text/html; charset=UTF-8")], len(text.encode()))
        wire.write(text.encode())

    def _query(self, request: HTTPRequest) -> None:
        server: ClickHouseServer = request.server
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.inheaders.items()}
        pairs = pairs_of(request.qs.decode("latin-1"))
        response = Response(_Wire(request), self._headers(server), server.engine.version, server.queries.folder)
        try:
            check(server.user, offered(headers, dict(pairs)))
            call = Call(request.method.decode("latin-1"), headers, pairs, request.body, request.conn.socket)
            server.queries.run(call, response)
        except ClickHouseError as error:
            _LOG.warning("%s %s", headers.get("user-agent", "-"), error.logged())
            drain(request.body)
            response.fail(error)
        else:
            drain(request.body)
        finally:
            response.close()

    def _headers(self, server: ClickHouseServer) -> list[tuple[str, str]]:
        return [("X-ClickHouse-Server-Display-Name", server.display_name)]
