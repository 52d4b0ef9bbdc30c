"""Running the statement of a request: told from its data, checked, noted in the log, run in the way that fits it."""

from __future__ import annotations

from itertools import chain

from . import native_protocol
from .body import Parts
from .call import Call
from .client_tables import for_clients
from .engine import Connection, Outcome
from .errors import ClickHouseError
from .execution import Execution
from .formats import media_type
from .guard import Guard
from .insertion import Insertion
from .literals import string_literal
from .request import QueryRequest
from .response import Response
from .session_settings import current_database, note, time_zone
from .source import read_head, read_input_head, read_rest
from .statement import (
    InputHead,
    InsertHead,
    ReadingStatement,
    first_word,
    own_setting,
    reading_statement,
)
from .stored import COMPRESSION, reader_jumps, stored
from .unmasked import holds_secret

_VERBATIM_BYTES = 1 << 20
_HEADLESS = {"native", "rowbinary", "tabseparated", "tsv", "csv", "jsoneachrow", "jsoncompacteachrow"}
_DEFAULT_FORMAT = "TabSeparated"


class Run:
    """One statement of one request, running on one connection."""

    def __init__(
        self,
        call: Call,
        request: QueryRequest,
        connection: Connection,
        execution: Execution,
        guard: Guard,
        response: Response,
    ) -> None:
        self._call = call
        self._request = request
        self._connection = connection
        self._execution = execution
        self._guard = guard
        self._insertion = Insertion(connection, execution)
        self._response = response

    def statement(self, source: Parts) -> Outcome:
        """Tells an INSERT that streams from a statement that is read whole, and runs either."""
        begin, complete, head = read_head(source)
        if head is not None:
            if not (complete and self._holds_judged_data(begin, head)):
                return self._insert(begin, head, source)
            self._connection.evaluate_values()
        fed = read_input_head(begin, complete, source)
        if fed is not None:
            return self._feed(*fed, source)
        return self._whole(begin if complete else read_rest(begin, source))

    def _holds_judged_data(self, begin: bytes, head: InsertHead) -> bool:
        """Whether the text of an INSERT … VALUES is short, and its data judged: then expressions may stand there."""
        if (head.format or "").lower() != "values" or len(begin) > _VERBATIM_BYTES:
            return False
        return self._guard.passes_data(begin[head.data_at :])

    def _feed(self, begin: bytes, head: InputHead, source: Parts) -> Outcome:
        """Runs an INSERT that selects from its own data."""
        self._check(head.reading_from(b"null(" + head.structure + b")"))
        self._connection.read_pipes()
        self._note(begin[: head.data_at])
        name = string_literal(head.format)
        jumps = reader_jumps(head.format)
        compression = b", " + COMPRESSION if jumps else b""

        def statement(pipe: int) -> bytes:
            described = (pipe, name, head.structure, compression)
            return head.reading_from(b"file('/proc/self/fd/%d', %b, %b%b)" % described)

        parts = chain([begin[head.data_at :]], source.parts())
        return self._execution.feed(statement, self._request.parameters, stored(parts) if jumps else parts)

    def _insert(self, begin: bytes, head: InsertHead, source: Parts) -> Outcome:
        self._check(head.sql + b" FORMAT Null")
        self._note(head.sql + b" FORMAT " + head.format.encode() if head.format else head.sql)
        self._response.add_header("X-ClickHouse-Timezone", time_zone(self._connection, self._request))
        parts = chain([begin[head.data_at :]], source.parts())
        name = head.format or self._request.default_format or "Values"
        return self._insertion.run(head, name, self._request.parameters, parts)

    def _whole(self, sql: bytes) -> Outcome:
        if not first_word(sql):
            raise ClickHouseError.of(62, "SYNTAX_ERROR", "Empty query")
        self._check(sql)
        self._note(sql)
        self._response.add_header("X-ClickHouse-Timezone", self._time_zone(sql))
        sql = for_clients(sql, lambda: current_database(self._connection) == b"system")
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
            for line in described.data.decode("utf-8", "surrogateescape").split("\n")
            if "\t" in line
        ]

    def _note(self, sql: bytes) -> None:
        note(self._connection, self._request, self._call.method, self._call.headers, holds_secret(sql))

    def _check(self, sql: bytes) -> None:
        self._guard.check(sql)
        if not self._call.only_reads or first_word(sql) in (b"SET", b"USE"):
            return
        if not self._connection.classify(sql).only_reads:
            raise ClickHouseError.of(
                164,
                "READONLY",
                "default: Cannot execute query in readonly mode. For queries over HTTP, method GET implies "
                "readonly. You should use method POST for modifying queries.",
            )

    def _time_zone(self, sql: bytes) -> str:
        return own_setting(sql, b"SESSION_TIMEZONE") or time_zone(self._connection, self._request)

    def _output(self, named: str | None) -> str:
        return named or self._request.default_format or _DEFAULT_FORMAT

    def _tell_format(self, name: str) -> None:
        self._response.add_header("X-ClickHouse-Format", name)
        self._response.add_header("Content-Type", media_type(name))
