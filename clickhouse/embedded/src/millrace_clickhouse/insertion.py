"""INSERTs whose data follows in the request: they stream, and they fail when the engine refuses a row, however late."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping

from .engine import Connection, Insert, Outcome
from .errors import ClickHouseError, ClientGone
from .execution import Execution
from .insert_defaults import Column, read_elsewhere
from .literals import identifier
from .session_settings import set_parameters
from .statement import InsertHead
from .stored import COMPRESSION, reader_jumps, stored

_LOGGED = b"SET log_queries = 1, log_queries_min_type = 'QUERY_START', log_queries_probability = 1, \
log_queries_min_query_duration_ms = 0"
_VERDICT = b"""
    SELECT type = 'QueryFinish', exception FROM system.query_log_rows
    WHERE type != 'QueryStart' AND startsWith(query, {mark:String})
"""


_UNKNOWN = "The engine did not say how the INSERT ended (does it set log_queries?): some of its rows may be missing."


class Insertion:
    """
    Runs INSERTs on one connection. The engine reads the data from a pipe, as `FROM INFILE`.

    Read in that way a row cannot take a default value that needs columns which are not in the INSERT's list. Such an
    INSERT is streamed by the engine's own call, which does not tell errors of rows already taken, and then looked up in
    the query log.
    """

    def __init__(self, connection: Connection, execution: Execution) -> None:
        self._connection = connection
        self._execution = execution

    def run(self, head: InsertHead, name: str, parameters: Mapping[str, str], parts: Iterator[bytes]) -> Outcome:
        """Writes `parts`, data in the format `name`. Raises ClickHouseError, ClientGone; then it is not complete."""
        if self._reads_elsewhere(head, parameters):
            return self._logged(head, name, parameters, parts)

        jumps = reader_jumps(name)
        compression = b" COMPRESSION " + COMPRESSION if jumps else b""

        def statement(pipe: int) -> bytes:
            return head.reading_from(b"'/proc/self/fd/%d'%b" % (pipe, compression), identifier(name))

        return self._execution.feed(statement, parameters, stored(parts) if jumps else parts)

    def _reads_elsewhere(self, head: InsertHead, parameters: Mapping[str, str]) -> bool:
        target = head.target()
        if target is None:
            return False
        try:
            described = b"DESCRIBE TABLE %b SETTINGS log_queries = 0" % target.table
            found = self._connection.run(described, "JSONCompactEachRow", parameters).data
        except ClickHouseError:
            return False
        return read_elsewhere(list(_columns(found)), target.columns)

    def _logged(self, head: InsertHead, name: str, parameters: Mapping[str, str], parts: Iterator[bytes]) -> Outcome:
        mark = b"/* %b */ " % uuid.uuid4().hex.encode()
        self._connection.run(_LOGGED)
        set_parameters(self._connection, parameters)
        insert = self._connection.insert(mark + head.sql, name)
        outcome = _written(insert, parts)
        self._connection.run(b"SYSTEM FLUSH LOGS query_log")
        verdict = self._connection.run(_VERDICT, "JSONCompactEachRow", {"mark": mark.decode()}).data
        finished, exception = json.loads(verdict) if verdict else (0, _UNKNOWN)
        if finished:
            return outcome
        raise ClickHouseError.from_engine(exception)


def _columns(described: bytes) -> Iterator[Column]:
    # By line feeds alone: the names may hold other ends of lines.
    for line in described.decode("utf-8", "surrogateescape").rstrip("\n").split("\n"):
        name, _, kind, default = json.loads(line)[:4]
        yield Column(name.encode("utf-8", "surrogateescape"), kind, default.encode("utf-8", "surrogateescape"))


def _written(insert: Insert, parts: Iterator[bytes]) -> Outcome:
    try:
        for part in parts:
            insert.append(part)
    except (ClickHouseError, ClientGone, OSError):
        insert.cancel()
        raise
    return insert.finish()
