"""The ClickHouse engine of this process: connections, queries, streamed inserts, cancelling."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from .accounts import Role
from .chdb_import import ChdbError, chdb, query_class
from .default_database import keep_tables, replacing_statements
from .doors import EXPRESSIONS_IN_DATA
from .errors import ClickHouseError
from .query_log import failed_statement, forget_keys, setup_statements

_LOG = logging.getLogger("millrace_clickhouse")
T = TypeVar("T")

# The engine's role for statements of our own that read the data of an INSERT … SELECT from a pipe.
PIPES = "pipes"

# The engine answers with this for ever once one of its threads has crashed: whoever keeps this process begins it anew.
_CRASHED = "The server is shutting down due to a fatal error"
CRASHED = 70

# Where the engine in a process differs from the engine in a server.
_SERVER_DEFAULTS = "&log_queries=0&implicit_select=0&storage_file_read_method=pread"
_KILL = b"""
    KILL QUERY WHERE position(Settings['log_comment'], {token:String}) > 0 OR position(query, {token:String}) > 0 ASYNC
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished statement did: its answer, where it was not written elsewhere, and its counts."""

    data: bytes = b""
    read_rows: int = 0
    read_bytes: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    result_rows: int = 0
    result_bytes: int = 0

    def as_change(self) -> Outcome:
        """The outcome of a statement that does not answer: its result is what it wrote, which it has also read."""
        return replace(
            self,
            read_rows=self.read_rows or self.written_rows,
            read_bytes=self.read_bytes or self.written_bytes,
            result_rows=self.written_rows,
            result_bytes=self.written_bytes,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the engine's parser says of a text: how many statements it holds (none when one cannot be parsed), and whether
    they only read.
    """

    statements: int
    only_reads: bool


class Insert:
    """A running INSERT that takes its data piece by piece."""

    def __init__(self, inserter: Any) -> None:
        self._inserter = inserter

    def append(self, data: bytes) -> None:
        """Hands over the next piece, in the statement's format. Raises ClickHouseError."""
        _told(lambda: self._inserter.append(data))

    def finish(self) -> Outcome:
        """Writes what is left. Raises ClickHouseError."""
        result = _told(self._inserter.finish)
        rows, size = result.rows_written, result.bytes_written
        return Outcome(b"", rows, size, rows, size, rows, size)

    def cancel(self) -> None:
        """Ends the insert without writing what has not been written yet."""
        _told(self._inserter.cancel)


class Connection:
    """A session of the engine with its own current database, settings and temporary tables. One statement at a time."""

    def __init__(self, location: str) -> None:
        self._connection = _told(lambda: chdb.connect(location))
        self._role: Role | None = None
        self._evaluates = False
        self.token = uuid.uuid4().hex

    def act_as(self, role: Role) -> None:
        """Takes a user's rights, and gives up all others, whatever the statement before has made of them."""
        if self._role is not None:
            # The statement before was the client's and logged; those of this server are not.
            with contextlib.suppress(ClickHouseError):
                self.run(b"SET log_queries = 0")
        self.run(b"SET ROLE " + role.value.encode())
        if role is Role.READER and self._role is not role:
            self.run(b"SET readonly = 2")
        self._role = role
        self._evaluate(False)

    def evaluate_values(self) -> None:
        """Lets the data of an INSERT … VALUES hold expressions, until `act_as`. They must have been judged before."""
        self._evaluate(True)

    def _evaluate(self, on: bool) -> None:
        if on != self._evaluates:
            self.run(b"SET " + b", ".join(b"%b = %d" % (name.encode(), on) for name in EXPRESSIONS_IN_DATA))
            self._evaluates = on

    def read_pipes(self) -> None:
        """Lets statements read a pipe of this process as a file, until `act_as`. They must have been judged before."""
        assert self._role is not None
        self.run(b"SET ROLE %b, %b" % (self._role.value.encode(), PIPES.encode()))

    def run(self, sql: bytes, output: str = "TabSeparated", parameters: Mapping[str, str] | None = None) -> Outcome:
        """Runs one statement to its end. `parameters` are the values of `{name:Type}`. Raises ClickHouseError."""
        self._check_single(sql)
        result = _told(lambda: self._connection._conn.query(sql, output, params=dict(parameters or {})))
        return Outcome(
            result.bytes(),
            result.storage_rows_read(),
            result.storage_bytes_read(),
            result.rows_written(),
            result.bytes_written(),
            result.rows_read(),
            result.bytes_read(),
        )

    def stream(self, sql: bytes, output: str, parameters: Mapping[str, str], write: Callable[[bytes], None]) -> Outcome:
        """Runs a SELECT, handing over each block in the format once it is there. Raises ClickHouseError, OSError."""
        self._check_single(sql)
        stream = _told(lambda: self._connection.send_query(sql, output, params=dict(parameters)))
        read_rows = read_bytes = rows = size = 0
        try:
            while (chunk := _told(stream.fetch)) is not None:
                write(chunk.bytes())
                read_rows += chunk.storage_rows_read()
                read_bytes += chunk.storage_bytes_read()
                rows += chunk.rows_read()
                size += chunk.bytes_read()
        finally:
            stream.close()
        return Outcome(b"", read_rows, read_bytes, 0, 0, rows, size)

    def insert(self, sql: bytes, input_format: str) -> Insert:
        """Begins an INSERT whose data follows in the format. Raises ClickHouseError."""
        self._check_single(sql)
        return Insert(_told(lambda: self._connection.send_insert(sql, input_format)))

    def classify(self, sql: bytes) -> Verdict:
        """What the parser says of `sql`, without running it."""
        found = self._connection._conn.classify_query(sql)
        return Verdict(found["statement_count"], found["query_class"] == query_class.READ_ONLY)

    def _check_single(self, sql: bytes) -> None:
        """Refuses several statements, which the engine would run one after the other."""
        if b";" in sql and self.classify(sql).statements != 1:
            raise several_statements()

    def close(self) -> None:
        """Ends the session; its temporary tables go."""
        self._connection.close()


class Engine:
    """The engine on one data directory; only one process at a time can own it."""

    def __init__(self, path: Path, config: Path) -> None:
        self._location = f"{path}?config-file={quote(str(config))}{_SERVER_DEFAULTS}"
        keep_tables(path)
        forget_keys(path)
        self._keeper = Connection(self._location)
        self._keeper_lock = threading.Lock()
        self._spare: deque[Connection] = deque()
        self._preparing = threading.Lock()
        for statement in (*replacing_statements(path), *setup_statements()):
            self._keeper.run(statement)
        self.version = self._keeper.run(b"SELECT version()").data.decode().strip()

    def connect(self) -> Connection:
        """A new session."""
        with contextlib.suppress(IndexError):
            return self._spare.pop()
        return Connection(self._location)

    def prepare(self) -> None:
        """Makes a session ready for the next who connects, if there is none."""
        if not self._spare and self._preparing.acquire(blocking=False):
            try:
                self._spare.append(Connection(self._location))
            finally:
                self._preparing.release()

    def kill(self, token: str) -> bool:
        """
        Ends the statement that the connection with this token is running. False when there is none, or when it has not
        come far enough to be ended.
        """
        with self._keeper_lock:
            return self._keeper.run(_KILL, parameters={"token": token}).data.startswith(b"waiting")

    def log_failed(self, mark: str, error: ClickHouseError) -> None:
        """Has the query log tell the `error` of the INSERT with this mark."""
        with self._keeper_lock:
            self._keeper.run(failed_statement(mark, error.code, error.text))

    def kill_all(self) -> None:
        """Ends every statement that runs."""
        with self._keeper_lock:
            self._keeper.run(b"KILL QUERY WHERE 1 ASYNC")

    def close(self) -> None:
        """Stops the engine; every connection that was handed out must be closed by then."""
        while self._spare:
            self._spare.pop().close()
        self._keeper.close()


def several_statements() -> ClickHouseError:
    """The error (62) for a text of more than one statement."""
    return ClickHouseError.of(62, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)")


def _told(action: Callable[[], T]) -> T:
    """The result of `action`, its failure told as ClickHouse's error."""
    try:
        return action()
    except UnicodeDecodeError as error:
        # The text of an error may quote bytes of the statement or of its data.
        raise ClickHouseError.from_engine(error.object.decode("utf-8", "replace")) from None
    except (RuntimeError, ChdbError) as error:
        if _CRASHED in str(error):
            _LOG.critical("The engine has crashed: %s", _CRASHED)
            os._exit(CRASHED)
        raise ClickHouseError.from_engine(str(error)) from None
