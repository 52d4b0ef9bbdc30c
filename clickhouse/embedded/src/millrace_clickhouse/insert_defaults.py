"""Which columns an INSERT brings itself, and whether their default values need others that it does not bring."""

from __future__ import annotations

from dataclasses import dataclass

from .lexer import Kind, tokens

_ESCAPES = {b"`": b"\\`", b'"': b'\\"'}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is DEFAULT, MATERIALIZED, ALIAS, EPHEMERAL or empty, as DESCRIBE tells it."""

    name: bytes
    kind: str
    default: bytes


def read_elsewhere(columns: list[Column], listed: bytes | None) -> bool:
    """
    Whether rows with the `listed` columns (an INSERT's own list, all that can be inserted when None) may need values of
    columns that they do not bring, or whether a table has columns that only a list can name.
    """
    brought = (
        {column.name for column in columns if column.kind in ("", "DEFAULT")} if listed is None else _named(listed)
    )
    if brought is None or (listed is None and any(column.kind == "EPHEMERAL" for column in columns)):
        return any(column.kind in ("DEFAULT", "EPHEMERAL") for column in columns)
    others = {column.name for column in columns} - brought
    words = {word for column in columns if column.name in brought for word in _words(column.default)}
    return any(other in words or other.partition(b".")[0] in words for other in others)


def _named(listed: bytes) -> set[bytes] | None:
    """The names in a list of columns, None when it holds more than names."""
    names, name = set(), b""
    for token in tokens(listed):
        if token.is_symbol(b","):
            names.add(name)
            name = b""
        elif token.kind in (Kind.WORD, Kind.QUOTED) or token.is_symbol(b"."):
            name += _bare(token.text)
        else:
            return None
    return names | {name}


def _words(expression: bytes) -> set[bytes]:
    return {_bare(token.text) for token in tokens(expression) if token.kind in (Kind.WORD, Kind.QUOTED)}


def _bare(text: bytes) -> bytes:
    quote = text[:1]
    return text[1:-1].replace(_ESCAPES[quote], quote) if quote in _ESCAPES else text
