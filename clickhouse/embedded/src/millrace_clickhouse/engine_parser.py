"""The tree and the text of a statement, as the engine has parsed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .engine import Connection
from .errors import ClickHouseError
from .lexer import Kind, tokens
from .literals import string_literal
from .syntax_tree import Node, parse

_EXPLAIN = b"EXPLAIN AST "
_POSITION = re.compile(r"(?<=at position )(\d+)")
_COLUMN = re.compile(r"(?<=line 1, col )(\d+)")
_ESCAPE = re.compile(rb"\\.", re.DOTALL)


class EngineParser:
    """The parser of one connection. `parameters` are the values of `{name:Type}`."""

    def __init__(self, connection: Connection, parameters: Mapping[str, str]) -> None:
        self._connection = connection
        self._parameters = parameters
        # A parameter may be a name, in which a line end would look like a node.
        self._as_names = {name: re.sub(r"[\n\\]", "_", value) for name, value in parameters.items()}

    def tree(self, sql: bytes) -> Node:
        """The statement with all below it. Raises ClickHouseError when the engine cannot parse it."""
        told = self._explained(sql)
        if _may_name_lines(sql):
            told = self._explained(_without_escapes(self.formatted(sql)))
        [statement] = parse(told.decode("utf-8", "surrogateescape")).children
        return statement

    def formatted(self, sql: bytes) -> bytes:
        """The statement in one line, as the engine writes it down."""
        text = string_literal(sql.decode("utf-8", "surrogateescape"))
        return self._connection.run(b"SELECT formatQuerySingleLine(" + text + b")", "RawBLOB").data

    def _explained(self, sql: bytes) -> bytes:
        parameters = self._as_names if b"identifier" in sql.lower() else self._parameters
        try:
            return self._connection.run(_EXPLAIN + sql, "TabSeparatedRaw", parameters).data
        except ClickHouseError as error:
            raise _as_told_without_explain(error) from None


def _may_name_lines(sql: bytes) -> bool:
    """Whether a name in the statement may hold a line end: quoted names, and line ends or escapes somewhere."""
    quoted = any(quote in sql for quote in (b"`", b'"', b"\xe2\x80"))
    return quoted and (b"\n" in sql or b"\\" in sql)


def _without_escapes(formatted: bytes) -> bytes:
    """The statement, as the engine writes it in one line, with other names in place of those that hold line ends."""
    parts, done = [], 0
    for token in tokens(formatted):
        if token.kind is Kind.QUOTED and b"\\" in token.text:
            parts += [formatted[done : token.start], _ESCAPE.sub(b"__", token.text)]
            done = token.end
    return b"".join(parts) + formatted[done:]


def _as_told_without_explain(error: ClickHouseError) -> ClickHouseError:
    """The error with positions as they are in the statement alone."""

    def without(match: re.Match[str]) -> str:
        return str(int(match.group(1)) - len(_EXPLAIN))

    return ClickHouseError(error.code, _COLUMN.sub(without, _POSITION.sub(without, error.text)))
