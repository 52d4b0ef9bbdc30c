"""One request to run a statement, from its first byte to the end of the answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain

from . import native_protocol
from .block_framing import blocks
from .body import Parts, Readable
from .content_coding import accepted, decoded, encoder
from .engine import Connection, Engine, Outcome
from .errors import ClickHouseError, ClientGone
from .execution import Execution
from .form import read_form
from .formats import media_type
from .literals import string_literal
from .query_log import for_clients
from .request import QueryRequest
from .response import HOLD_BYTES, Response
from .session import Sessions
from .session_settings import applied, in_database, note, set_parameters, time_zone
from .statement import (
    InputHead,
    InsertHead,
    NeedMore,
    ReadingStatement,
    first_word,
    input_head,
    insert_head,
    names_file,
    reading_statement,
    second_statement,
)

_HEAD_BYTES = 1 << 16
_VERBATIM_BYTES = 1 << 20
_STATEMENT_BYTES = 1 << 28
_IMPATIENT_SECONDS = 0.1
_HEADLESS = {"native", "rowbinary", "tabseparated", "tsv", "csv", "jsoneachrow", "jsoncompacteachrow"}
_DEFAULT_FORMAT = "TabSeparated"


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request: header names are lower case; `pairs` are the address's parameters in their order."""

    method: str
    headers: Mapping[str, str]
    pairs: list[tuple[str, str]]
    body: Readable
    client: socket.socket

    @property
    def only_reads(self) -> bool:
        """GET and HEAD may not change anything."""
        return self.method in ("GET", "HEAD")


class QueryHandler:
    """Runs statements of requests on the engine."""

    def __init__(self, engine: Engine, sessions: Sessions) -> None:
        self._engine = engine
        self._sessions = sessions

    def run(self, call: Call, response: Response) -> None:
        """Runs the request's statement and completes the answer. Raises ClickHouseError, ClientGone."""
        began = time.monotonic_ns()
        with ExitStack() as resources:
            form = resources.enter_context(read_form(call.body, call.headers))
            request = QueryRequest.of(call.pairs + form.pairs, call.headers, frozenset(form.tables))
            _prepare(request, call.headers, response)
            source = _source(request, form.body, call.headers.get("content-encoding", ""))
            connection = resources.enter_context(self._sessions.connection(request.session))
            resources.enter_context(in_database(connection, request))
            resources.enter_context(applied(connection, request))
            resources.enter_context(form.loaded(connection, dict(call.pairs + form.pairs)))
            run = _Run(call, request, connection, Execution(self._engine, connection, call.client), response)
            response.add_header("X-ClickHouse-Timezone", time_zone(connection, request))
            outcome = run.statement(source)
        response.finish(outcome, time.monotonic_ns() - began)


class _Run:
    def __init__(
        self, call: Call, request: QueryRequest, connection: Connection, execution: Execution, response: Response
    ) -> None:
        self._call = call
        self._request = request
        self._connection = connection
        self._execution = execution
        self._response = response

    def statement(self, source: Parts) -> Outcome:
        """Tells an INSERT that streams from a statement that is read whole, and runs either."""
        begin, complete, head = _head(source)
        if head is not None and not (complete and head.format == "Values" and len(begin) <= _VERBATIM_BYTES):
            return self._insert(begin, head, source)
        fed = _input(begin, complete, source)
        if fed is not None:
            return self._feed(*fed, source)
        return self._whole(begin if complete else _rest(begin, source))

    def _feed(self, begin: bytes, head: InputHead, source: Parts) -> Outcome:
        """Runs an INSERT that selects from its own data."""
        self._check(head.reading_from(b"null(" + head.structure + b")"))
        self._note(begin[: head.data_at])
        name = string_literal(head.format)

        def statement(pipe: int) -> bytes:
            return head.reading_from(b"file('/proc/self/fd/%d', %b, %b)" % (pipe, name, head.structure))

        parts = chain([begin[head.data_at :]], source.parts())
        return self._execution.feed(statement, self._request.parameters, parts).as_change()

    def _insert(self, begin: bytes, head: InsertHead, source: Parts) -> Outcome:
        self._check(head.sql + b" FORMAT Null" if head.format else head.sql)
        self._note(head.sql + b" FORMAT " + head.format.encode() if head.format else head.sql)
        set_parameters(self._connection, self._request.parameters)
        insert = self._connection.insert(head.sql, head.format or self._request.default_format or "Values")
        with _unfinished_cancelled(insert.cancel):
            if data := begin[head.data_at :]:
                insert.append(data)
            for part in source.parts():
                insert.append(part)
            return insert.finish()

    def _whole(self, sql: bytes) -> Outcome:
        if not first_word(sql):
            raise ClickHouseError.of(62, "SYNTAX_ERROR", "Empty query")
        self._check(sql)
        self._note(sql)
        sql = for_clients(sql)
        reading = reading_statement(sql)
        if reading is None:
            outcome = self._connection.run(sql, self._output(None), self._request.parameters).as_change()
            if outcome.data:
                self._tell_format(self._output(None))
                self._response.write(outcome.data)
            return outcome
        return self._read(reading, reading.format or self._output(None))

    def _read(self, reading: ReadingStatement, output: str) -> Outcome:
        self._tell_format(output)
        parameters, write = self._request.parameters, self._response.write
        if output.lower() == "native" and native_protocol.wanted(self._request.protocol_version):
            return self._read_native(reading)
        if reading.is_select and self._request.impatient and output.lower() in _HEADLESS:
            return self._execution.stream(reading, output, parameters, write, change=bytes)
        return self._execution.read(reading, output, parameters, write)

    def _read_native(self, reading: ReadingStatement) -> Outcome:
        """Native blocks for a client that told its protocol version."""
        parameters, write = self._request.parameters, self._response.write
        if not reading.is_select:
            parts: list[bytes] = []
            outcome = self._execution.read(reading, "Native", parameters, parts.append)
            write(native_protocol.all_blocks(b"".join(parts)))
            return outcome
        types = self._types(reading) if native_protocol.with_time_zones(self._request.protocol_version) else []
        return self._execution.stream(
            reading, "Native", parameters, write, change=lambda block: native_protocol.one_block(block, types)
        )

    def _types(self, reading: ReadingStatement) -> list[str]:
        """The types of a SELECT's columns; none when it cannot be analyzed, which its own run will tell."""
        try:
            described = self._connection.run(
                b"DESCRIBE TABLE (%b) SETTINGS log_queries = 0" % reading.bare,
                "TabSeparatedRaw",
                self._request.parameters,
            )
        except ClickHouseError:
            return []
        return [
            line.split("\t")[1]
            for line in described.data.decode("utf-8", "surrogateescape").splitlines()
            if "\t" in line
        ]

    def _note(self, sql: bytes) -> None:
        note(self._connection, self._request, self._call.method, self._call.headers, sql)

    def _check(self, sql: bytes) -> None:
        verdict = self._connection.classify(sql)
        second = second_statement(sql) if verdict.statements != 1 else None
        if second is not None:
            where = f"failed at position {second + 1} (end of query): {sql[second:].decode(errors='replace')}"
            raise ClickHouseError.of(62, "SYNTAX_ERROR", f"Syntax error (Multi-statements are not allowed): {where}. .")
        if names_file(sql):
            raise ClickHouseError.of(48, "NOT_IMPLEMENTED", "INTO OUTFILE and FROM INFILE are not allowed over HTTP")
        if (
            self._call.only_reads
            and verdict.parsed
            and not verdict.only_reads
            and first_word(sql) not in (b"SET", b"USE")
        ):
            raise ClickHouseError.of(
                164,
                "READONLY",
                "default: Cannot execute query in readonly mode. For queries over HTTP, method GET implies "
                "readonly. You should use method POST for modifying queries.",
            )

    def _output(self, named: str | None) -> str:
        return named or self._request.default_format or _DEFAULT_FORMAT

    def _tell_format(self, name: str) -> None:
        self._response.add_header("X-ClickHouse-Format", name)
        self._response.add_header("Content-Type", media_type(name))


def _prepare(request: QueryRequest, headers: Mapping[str, str], response: Response) -> None:
    """Sets how much of the answer is held back and how it is compressed."""
    response.add_header("X-ClickHouse-Query-Id", request.query_id)
    size = None if request.buffer_bytes is None else max(request.buffer_bytes, HOLD_BYTES)
    response.hold(size, _IMPATIENT_SECONDS if request.impatient else None)
    coding = accepted(headers.get("accept-encoding", ""))
    if coding is None or request.settings.get("enable_http_compression", "1") not in ("1", "true"):
        response.encode(request.compress, None, None)
        return
    level = int(request.settings.get("http_zlib_compression_level", "3"))
    response.encode(request.compress, coding, encoder(coding, level))


def _source(request: QueryRequest, body: Readable, coding: str) -> Parts:
    """The statement and its data: `?query=`, a line end, then the body with its compression undone."""
    parts = decoded(body, coding)
    plain = blocks(Parts(parts)) if request.decompress else parts
    return Parts(_joined(request.query, plain))


def _joined(query: bytes, plain: Iterator[bytes]) -> Iterator[bytes]:
    if not query:
        yield from plain
        return
    first = next((part for part in plain if part), None)
    yield query + b"\n" if first else query
    if first:
        yield first
    yield from plain


def _head(source: Parts) -> tuple[bytes, bool, InsertHead | None]:
    """The first part of the text, whether that is all of it, and the head of the INSERT that it begins, if it does."""
    begin, complete = b"", False
    while True:
        while not complete and len(begin) < _HEAD_BYTES:
            part = source.read(_HEAD_BYTES)
            begin, complete = begin + part, not part
        try:
            return begin, complete, insert_head(begin, complete)
        except NeedMore:
            part = source.read(len(begin) + _HEAD_BYTES)
            begin, complete = begin + part, not part


def _input(begin: bytes, complete: bool, source: Parts) -> tuple[bytes, InputHead] | None:
    """The first part of the text and the head of the INSERT … SELECT FROM input() that it begins, if it does."""
    while True:
        try:
            head = input_head(begin, complete)
            return (begin, head) if head else None
        except NeedMore:
            part = source.read(_HEAD_BYTES)
            begin, complete = begin + part, not part


def _rest(begin: bytes, source: Parts) -> bytes:
    parts, size = [begin], len(begin)
    for part in source.parts():
        parts.append(part)
        size += len(part)
        if size > _STATEMENT_BYTES:
            raise ClickHouseError.of(229, "QUERY_IS_TOO_LARGE", f"Query is larger than {_STATEMENT_BYTES} bytes")
    return b"".join(parts)


@contextmanager
def _unfinished_cancelled(cancel) -> Iterator[None]:
    try:
        yield
    except (ClickHouseError, ClientGone, OSError):
        cancel()
        raise
