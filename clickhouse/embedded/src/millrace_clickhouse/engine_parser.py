"""The tree and the text of a statement, as the engine has parsed it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .engine import Connection, several_statements
from .errors import ClickHouseError
from .lexer import Kind, tokens
from .literals import string_literal
from .syntax_tree import Node, parse

_EXPLAIN = b"EXPLAIN AST "
_FORMAT = b"SELECT formatQuerySingleLine("
_SYNTAX_ERROR = 62
_ESCAPE = re.compile(rb"\\.", re.DOTALL)


class EngineParser:
    """The parser of one connection. `parameters` are the values of `{name:Type}`."""

    def __init__(self, connection: Connection, parameters: Mapping[str, str]) -> None:
        self._connection = connection
        self._parameters = parameters
        # A parameter may be a name, in which a line end would look like a node.
        self._as_names = {name: re.sub(r"[\n\\]", "_", value) for name, value in parameters.items()}

    def tree(self, sql: bytes) -> Node:
        """
        The statement with all below it. Raises ClickHouseError (62) unless the text is one statement: of several the
        engine would explain the first and run the others.
        """
        if self._connection.classify(sql).statements != 1:
            raise self._syntax_error(sql)
        told = self._explained(sql)
        if _may_name_lines(sql):
            told = self._explained(_without_escapes(self.formatted(sql)))
        [statement] = parse(told.decode("utf-8", "surrogateescape")).children
        return statement

    def formatted(self, sql: bytes) -> bytes:
        """The statement in one line, as the engine writes it down."""
        text = string_literal(sql.decode("utf-8", "surrogateescape"))
        return self._connection.run(_FORMAT + text + b")", "RawBLOB").data

    def _syntax_error(self, sql: bytes) -> ClickHouseError:
        """What the engine says of a text that is not one statement."""
        try:
            self.formatted(sql)
        except ClickHouseError as error:
            if error.code == _SYNTAX_ERROR:
                told, _, _ = error.text.partition(f": In scope {_FORMAT.decode()}")
                return ClickHouseError(error.code, f"{told}. (SYNTAX_ERROR)")
        return several_statements()

    def _explained(self, sql: bytes) -> bytes:
        parameters = self._as_names if b"identifier" in sql.lower() else self._parameters
        return self._connection.run(_EXPLAIN + sql, "TabSeparatedRaw", parameters).data


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
