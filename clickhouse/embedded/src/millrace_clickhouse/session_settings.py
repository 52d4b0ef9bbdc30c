"""Settings, database and parameters of one request, undone after it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .engine import Connection
from .errors import ClickHouseError
from .literals import identifier, string_literal
from .query_log import comment
from .request import QueryRequest


@contextmanager
def applied(connection: Connection, request: QueryRequest) -> Iterator[None]:
    """The request's settings hold inside the block; a session gets back what it had before."""
    settings = {name: value for name, value in request.settings.items() if name not in ("log_comment", "log_queries")}
    before = _values(connection, settings) if request.session and settings else {}
    _set(connection, {name: string_literal(value) for name, value in settings.items()})
    try:
        yield
    finally:
        _set(connection, before)


def note(connection: Connection, request: QueryRequest, method: str, headers: Mapping[str, str], hidden: bool) -> None:
    """Has the next statement logged as the client's, or not at all when the engine could not hide what is secret."""
    noted = comment(request.query_id, connection.token, method, headers, request.settings.get("log_comment", ""))
    logged = string_literal("0" if hidden else request.settings.get("log_queries", "1"))
    with contextlib.suppress(ClickHouseError):
        # A session that made itself read-only refuses this; its statements then go without a line in the log.
        _set(connection, {"log_queries": logged, "log_comment": string_literal(noted)})


def _set(connection: Connection, values: Mapping[str, bytes]) -> None:
    if values:
        connection.run(b"SET " + b", ".join(_name(name) + b" = " + value for name, value in values.items()))


@contextmanager
def in_database(connection: Connection, request: QueryRequest) -> Iterator[None]:
    """
    The request's database is the current one inside the block; a session gets back the one it had, or the one that the
    request's own statement has changed to. Raises ClickHouseError (81) when there is none of that name.
    """
    if not request.database:
        yield
        return
    before = current_database(connection) if request.session else b""
    connection.run(b"USE " + identifier(request.database))
    try:
        yield
    finally:
        if before and current_database(connection) == request.database.encode():
            connection.run(b"USE " + identifier(before.decode()))


def current_database(connection: Connection) -> bytes:
    """The name of the database in which the connection looks for tables."""
    return bytes.fromhex(connection.run(b"SELECT hex(currentDatabase())").data.decode())


def time_zone(connection: Connection, request: QueryRequest) -> str:
    """The time zone that the connection shows times in."""
    if request.session:
        return connection.run(b"SELECT timezone()").data.decode().strip()
    return request.settings.get("session_timezone") or "UTC"


def set_parameters(connection: Connection, parameters: Mapping[str, str]) -> None:
    """Gives values to `{name:Type}` for a statement that cannot take them with its text."""
    for name, value in parameters.items():
        connection.run(b"SET param_" + _name(name) + b" = " + string_literal(value))


def _name(name: str) -> bytes:
    if not name.replace("_", "a").isalnum() or not name.isascii():
        raise ClickHouseError.of(115, "UNKNOWN_SETTING", f"Unknown setting '{name}'")
    return name.encode()


def _values(connection: Connection, settings: Mapping[str, str]) -> dict[str, bytes]:
    names = b", ".join(string_literal(name) for name in settings)
    rows = connection.run(b"SELECT name, changed, hex(value) FROM system.settings WHERE name IN (" + names + b")").data
    found = (row.split("\t") for row in rows.decode().splitlines())
    return {
        name: string_literal(bytes.fromhex(value).decode()) if changed == "1" else b"DEFAULT"
        for name, changed, value in found
    }
