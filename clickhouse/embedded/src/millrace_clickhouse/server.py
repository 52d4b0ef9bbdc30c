"""The HTTP side: each request of each client is served by one thread, from parsing to the end of the answer."""

from __future__ import annotations

import contextlib
import logging
import select
import socket
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from cheroot.makefile import MakeFile
from cheroot.server import Gateway, HTTPConnection, HTTPRequest, HTTPServer

from .accounts import Account, Accounts
from .auth import offered
from .body import ChunkedBody, SizedBody, drain
from .call import Call
from .door import Door
from .engine import Engine
from .errors import BrokenBody, ClickHouseError, ClientGone
from .failed_logins import FailedLogins
from .head import StrictHeaders
from .incoming import MOST_HEAD_BYTES, Incoming
from .memory import Trimmer
from .query_handler import QueryHandler
from .request import pairs_of
from .response import Response
from .threads import ElasticThreadPool
from .visible import visible
from .waiting import WaitingConnections

_LOG = logging.getLogger("millrace_clickhouse")
_REQUEST_SECONDS = 300
_KEEP_ALIVE_SECONDS = 30
_BACKLOG = 1024
_MOST_ADDRESS_BYTES = 1 << 20
_MOST_QUEUED = 256
_LINGER_SECONDS = 5.0
_PAUSE_MILLISECONDS = 100
_LINGERING = threading.BoundedSemaphore(64)
_LINGER_BYTES = 1 << 16
_AGENT_CHARACTERS = 200
_WRONG_LOGIN = 516
# A browser that is shown an answer shows it as text, in no frame, and runs nothing of it.
_PAGE_HEADERS = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
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
        if read and len(self.uri) > _MOST_ADDRESS_BYTES:
            self.simple_response("414 Request-URI Too Long", f"The address is longer than {_MOST_ADDRESS_BYTES} bytes.")
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


class _Connection(HTTPConnection):
    RequestHandlerClass = _Request

    def __init__(self, server: HTTPServer, sock: socket.socket, makefile: object = MakeFile) -> None:
        super().__init__(
            server, sock, lambda one, mode, size: Incoming(one) if mode == "rb" else MakeFile(one, mode, size)
        )

    def communicate(self) -> bool:
        """Serves one request, whose head has come."""
        self.socket.settimeout(self.server.timeout)
        return super().communicate()


class ClickHouseServer(HTTPServer):
    """The server, ready to start."""

    ConnectionClass = _Connection

    def __init__(
        self,
        address: tuple[str, int],
        engine: Engine,
        queries: QueryHandler,
        accounts: Accounts,
        settings: Mapping[str, str],
    ) -> None:
        super().__init__(address, _Gateway, server_name="ClickHouse")
        self.requests = ElasticThreadPool(self)
        self.engine = engine
        self.queries = queries
        self.accounts = accounts
        self.trimmer = Trimmer()
        self.timeout = _KEEP_ALIVE_SECONDS
        self.request_queue_size = _BACKLOG
        self.keep_alive_conn_limit = _BACKLOG
        self.max_request_header_size = MOST_HEAD_BYTES
        self.display_name = socket.gethostname()
        self.door = Door.of(address[0], settings)
        self.failed_logins = FailedLogins()

    def prepare(self) -> None:
        """Binds the port. Raises OSError when it is taken."""
        super().prepare()
        self._connections._selector.close()
        self._connections = WaitingConnections(self)

    def process_conn(self, conn: HTTPConnection) -> None:
        """Takes what a watched connection has sent."""
        self._connections.gather(conn)

    def hand_over(self, conn: HTTPConnection) -> None:
        """Gives a connection with the head of a request to a thread."""
        if self.requests.queued < _MOST_QUEUED:
            self.requests.put(conn)
            return
        with contextlib.suppress(OSError):
            conn.socket.send(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        conn.close()

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Sends the HTTP server's own messages to the log, each as one line."""
        _LOG.log(level, "%s", visible(msg))


class _Gateway(Gateway):
    def respond(self) -> None:
        request = self.req
        try:
            self._route(request)
        except (ClientGone, OSError) as gone:
            _LOG.info("client gone: %s", visible(repr(gone)))
            request.sent_headers = True
            request.chunked_write = False
            request.close_connection = True

    def _route(self, request: HTTPRequest) -> None:
        path = request.path.decode("utf-8", "replace")
        if request.method == b"POST" or (request.method in (b"GET", b"HEAD") and request.qs):
            with request.server.trimmer:
                self._query(request)
        elif path in ("/", "/ping", "/replicas_status"):
            self._plain(request, HTTPStatus.OK, "Ok.\n", "text/html; charset=UTF-8")
        elif request.method == b"OPTIONS":
            self._plain(request, HTTPStatus.NO_CONTENT, "", "text/html; charset=UTF-8")
        else:
            text = _NOT_FOUND.format(path=visible(path))
            self._plain(request, HTTPStatus.NOT_FOUND, text, "text/plain; charset=UTF-8")

    def _plain(self, request: HTTPRequest, status: HTTPStatus, text: str, kind: str) -> None:
        if request.body.remaining:
            request.close_connection = True
        wire = _Wire(request)
        wire.start(status, [("Content-Type", kind)], len(text.encode()))
        wire.write(text.encode())

    def _query(self, request: HTTPRequest) -> None:
        server: ClickHouseServer = request.server
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.inheaders.items()}
        response = Response(_Wire(request), self._headers(server), server.engine.version, server.queries.folder)
        try:
            account, pairs = self._admitted(request, headers)
        except ClickHouseError as error:
            self._refuse(request, headers, response, error)
            return
        try:
            call = Call(request.method.decode("latin-1"), headers, pairs, request.body, request.conn.socket, account)
            server.queries.run(call, response)
        except BrokenBody as error:
            _log(headers, error)
            request.close_connection = True
            response.fail(error)
        except ClickHouseError as error:
            _log(headers, error)
            drain(request.body)
            response.fail(error)
        except (ClientGone, OSError):
            raise
        except Exception as error:
            _log(headers, told := _unexpected(error))
            request.close_connection = True
            response.fail(told)
        else:
            drain(request.body)
        finally:
            response.close()

    def _admitted(self, request: HTTPRequest, headers: Mapping[str, str]) -> tuple[Account, list[tuple[str, str]]]:
        """The user and the parameters of a request whose sender may run statements. Raises ClickHouseError."""
        server: ClickHouseServer = request.server
        server.door.check(headers)
        pairs = pairs_of(request.qs.decode("latin-1"))
        return server.accounts.signed_in(offered(headers, dict(pairs))), pairs

    def _refuse(
        self, request: HTTPRequest, headers: Mapping[str, str], response: Response, error: ClickHouseError
    ) -> None:
        """Answers a request whose body nobody has read and nobody reads."""
        _log(headers, error)
        if request.body.remaining:
            request.close_connection = True
        if error.code == _WRONG_LOGIN and not request.server.failed_logins.hold(request.conn.remote_addr):
            raise ClientGone
        response.fail(error)
        if request.body.remaining and _LINGERING.acquire(blocking=False):
            try:
                _linger(request)
            finally:
                _LINGERING.release()

    def _headers(self, server: ClickHouseServer) -> list[tuple[str, str]]:
        return [("X-ClickHouse-Server-Display-Name", server.display_name)]


def _log(headers: Mapping[str, str], error: ClickHouseError) -> None:
    agent = visible(headers.get("user-agent", "-")[:_AGENT_CHARACTERS])
    _LOG.warning("%s %s", agent, error.logged())


def _unexpected(error: Exception) -> ClickHouseError:
    """An error nobody foresaw, told without what it holds: that may be a password."""
    if isinstance(error, UnicodeError):
        return ClickHouseError.of(36, "BAD_ARGUMENTS", "The request holds bytes that are no text in UTF-8")
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "-"
    return ClickHouseError.of(1001, "STD_EXCEPTION", f"{type(error).__name__} at {place}")


def _linger(request: HTTPRequest) -> None:
    """Reads on for a moment, since a client that still sends may lose the answer with the connection."""
    ends = time.monotonic() + _LINGER_SECONDS
    with contextlib.suppress(OSError, ClientGone, BrokenBody):
        request.conn.socket.shutdown(socket.SHUT_WR)
        while (left := ends - time.monotonic()) > 0:
            request.conn.socket.settimeout(left)
            if not request.body.read(_LINGER_BYTES):
                return
