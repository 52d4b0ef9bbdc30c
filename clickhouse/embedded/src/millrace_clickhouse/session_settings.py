"""Settings, database and parameters of one request, undone after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .engine import Connection
from .errors import ClickHouseError
from .literals import identifier, string_literal


@contextmanager
def applied(connection: Connection, settings: Mapping[str, str], lasting: bool) -> Iterator[None]:
    """The settings hold inside the block. `lasting` connections get back what they had before."""
    before = _values(connection, settings) if lasting and settings else {}
    if settings:
        assignments = b", ".join(_name(name) + b" = " + string_literal(value) for name, value in settings.items())
        connection.run(b"SET " + assignments)
    try:
        yield
    finally:
        if before:
            connection.run(b"SET " + b", ".join(_name(name) + b" = " + value for name, value in before.items()))


def use_database(connection: Connection, database: str) -> None:
    """Makes `database` the current one. Raises ClickHouseError (81) when there is none of that name."""
    if database:
        connection.run(b"USE " + identifier(database))


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
