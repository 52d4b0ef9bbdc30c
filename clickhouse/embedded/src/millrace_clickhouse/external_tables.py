"""External tables: data that a client sends along with its statement, as temporary tables of the connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .engine import Connection
from .errors import ClickHouseError
from .guard import Guard
from .insertion import Insertion
from .literals import identifier
from .statement import InsertHead


def load(
    connection: Connection,
    insertion: Insertion,
    guard: Guard,
    name: str,
    described: Mapping[str, str],
    data: Iterator[bytes],
) -> None:
    """Makes the temporary table `name` of `data`, as the parameters `<name>_structure` and so on tell."""
    columns = described.get(f"{name}_structure") or _numbered(described.get(f"{name}_types", ""))
    if not columns:
        sentence = f"Neither structure nor types have not been provided for external table {name}. Use fields"
        raise ClickHouseError.of(36, "BAD_ARGUMENTS", f"{sentence} {name}_structure or {name}_types to do so.")
    table, structure = identifier(name), columns.encode("utf-8", "surrogateescape")
    guard.check_columns(structure)
    connection.run(b"CREATE OR REPLACE TEMPORARY TABLE " + table + b" (" + structure + b"\n)")
    form = described.get(f"{name}_format") or "TabSeparated"
    insertion.run(InsertHead(b"INSERT INTO " + table, form, 0), form, {}, data)


def drop(connection: Connection, name: str) -> None:
    """Removes the temporary table again, where the connection outlives the request."""
    connection.run(b"DROP TEMPORARY TABLE IF EXISTS " + identifier(name))


def _numbered(types: str) -> str:
    """`_1 Type, _2 Type …` for a list of types."""
    return ", ".join(f"_{number} {kind}" for number, kind in enumerate(_split(types), 1))


def _split(types: str) -> list[str]:
    found, depth, start = [], 0, 0
    for at, letter in enumerate(types):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append(types[start:at].strip())
            start = at + 1
    return [*found, types[start:].strip()] if types.strip() else []
