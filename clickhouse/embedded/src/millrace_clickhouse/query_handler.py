"""One request to run a statement, from its first byte to the end of the answer."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .call import Call
from .content_coding import accepted, encoder
from .engine import Engine
from .engine_parser import EngineParser
from .errors import ClickHouseError
from .execution import Execution
from .form import read_form
from .guard import Guard
from .insertion import Insertion
from .outgoing import OutgoingHosts
from .query_log import forget_syntax_error
from .request import QueryRequest, level_of
from .response import HOLD_BYTES, Response
from .run import Run
from .session import Sessions
from .session_settings import applied, in_database
from .source import source_of
from .verdicts import Verdicts

_IMPATIENT_SECONDS = 0.1
_SYNTAX_ERROR = 62
_CROWD_OF_EACH_CORE = 4
_ONE_THREAD = b"SET max_threads = 1, input_format_parallel_parsing = 0"


class QueryHandler:
    """Runs statements of requests on the engine. What must wait on disk does so below `folder`, without a name."""

    def __init__(self, engine: Engine, sessions: Sessions, hosts: OutgoingHosts, folder: Path) -> None:
        self._engine = engine
        self._hosts = hosts
        self._verdicts = Verdicts()
        self._sessions = sessions
        self.folder = folder
        self._crowd = (os.cpu_count() or 1) * _CROWD_OF_EACH_CORE
        self._running = 0
        self._lock = threading.Lock()

    def run(self, call: Call, response: Response) -> None:
        """Runs the request's statement and completes the answer. Raises ClickHouseError, ClientGone."""
        began = time.monotonic_ns()
        with ExitStack() as resources, self._counted():
            form = resources.enter_context(read_form(call.body, call.headers, self.folder))
            request = QueryRequest.of(call.pairs + form.pairs, call.headers, frozenset(form.tables))
            _prepare(request, call.headers, response)
            source = source_of(request, form.body, call.headers.get("content-encoding", ""))
            connection = resources.enter_context(self._sessions.connection(call.account, request.session))
            if self._running > self._crowd and request.session is None:
                # Each thread of the engine that a rush begins stays with its memory; the cores are busy anyway.
                connection.run(_ONE_THREAD)
            guard = Guard(EngineParser(connection, request.parameters), call.account.role, self._hosts, self._verdicts)
            guard.check_database(request.database)
            guard.check_settings(request.settings)
            resources.enter_context(in_database(connection, request))
            resources.enter_context(applied(connection, request))
            execution = Execution(self._engine, connection, call.client)
            insertion = Insertion(connection, execution)
            resources.enter_context(form.loaded(connection, insertion, guard, dict(call.pairs + form.pairs)))
            run = Run(call, request, connection, execution, guard, response)
            try:
                outcome = run.statement(source)
            except ClickHouseError as error:
                if error.code == _SYNTAX_ERROR:
                    forget_syntax_error(connection)
                raise
        response.finish(outcome, time.monotonic_ns() - began)
        # While the client reads.
        self._engine.prepare()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1


def _prepare(request: QueryRequest, headers: Mapping[str, str], response: Response) -> None:
    """Sets how much of the answer is held back and how it is compressed."""
    response.add_header("X-ClickHouse-Query-Id", request.query_id)
    size = None if request.buffer_bytes is None else max(request.buffer_bytes, HOLD_BYTES)
    response.hold(size, _IMPATIENT_SECONDS if request.impatient else None)
    coding = accepted(headers.get("accept-encoding", ""))
    if coding is None or request.settings.get("enable_http_compression", "1") not in ("1", "true"):
        response.encode(request.compress, None, None)
        return
    response.encode(request.compress, coding, encoder(coding, level_of(request.settings)))
