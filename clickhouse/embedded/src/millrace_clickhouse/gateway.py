"""What each request is answered with: a health check, a statement's answer, an error."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import cheroot.server
from cheroot.server import HTTPRequest

from .accounts import Account, Accounts
from .auth import offered
from .body import drain
from .call import Call
from .door import Door
from .engine import Engine
from .errors import BrokenBody, ClickHouseError, ClientGone
from .failed_logins import FailedLogins
from .lingering import linger
from .memory import Trimmer
from .query_handler import QueryHandler
from .request import pairs_of
from .response import Response
from .visible import visible
from .wire import Wire

_LOG = logging.getLogger("millrace_clickhouse")
_AGENT_CHARACTERS = 200
_WRONG_LOGIN = 516
_NOT_FOUND = (
    "There is no handle {path}\n\nUse / or /ping for health checks.\nOr /replicas_status for more sophisticated health "
    "checks.\n\nSend queries from your program with POST method or GET /?query=...\n"
)


class Services(Protocol):
    """What a server has for its requests."""

    engine: Engine
    queries: QueryHandler
    accounts: Accounts
    door: Door
    failed_logins: FailedLogins
    trimmer: Trimmer
    display_name: str


class Gateway(cheroot.server.Gateway):
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
        wire = Wire(request)
        wire.start(status, [("Content-Type", kind)], len(text.encode()))
        wire.write(text.encode())

    def _query(self, request: HTTPRequest) -> None:
        server: Services = request.server
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.inheaders.items()}
        response = Response(Wire(request), self._headers(server), server.engine.version, server.queries.folder)
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
        server: Services = request.server
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
        if request.body.remaining:
            linger(request)

    def _headers(self, server: Services) -> list[tuple[str, str]]:
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
