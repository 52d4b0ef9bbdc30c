"""
What a statement may reach beyond its data. The engine in a library trusts its caller: it runs commands for dictionaries
and reads every file, which ClickHouse's own server refuses. The engine's roles close what has a privilege; this closes
the rest, by the statement's tree as the engine has parsed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from . import doors
from .accounts import Role
from .engine import Connection
from .errors import ClickHouseError
from .lexer import Kind, Token, tokens
from .literals import string_literal
from .outgoing import AllowedHosts
from .statement import names_file
from .syntax_tree import Node, parse

_EXPLAIN = b"EXPLAIN AST "
_POSITION = re.compile(r"(?<=at position )(\d+)")
_COLUMN = re.compile(r"(?<=line 1, col )(\d+)")
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_SYNTAX_ERROR = 62
_MAX_DEPTH = 3
# Arguments of a function with columns that make no text.
_NO_TEXT = ("tuple", "array", "negate", "headers", "equals", "view", "extra_credentials")
_DEFINITIONS = ("CreateQuery", "AttachQuery", "AlterQuery")
_SERVERS = (b"HOST", b"URL", b"URI")
_QUERIES = (b"QUERY", b"INVALIDATE_QUERY")
_READING = (
    "SelectWithUnionQuery",
    "SelectIntersectExceptQuery",
    "Explain",
    "DescribeQuery",
    "UseQuery",
    "Set",
)


class Guard:
    """Judges the statements of one connection."""

    def __init__(self, connection: Connection, role: Role, hosts: AllowedHosts, parameters: Mapping[str, str]) -> None:
        self._connection = connection
        self._role = role
        self._hosts = hosts
        self._parameters = parameters
        self._as_names = {name: re.sub(r"[\n\\]", "_", value) for name, value in parameters.items()}

    def check(self, sql: bytes) -> None:
        """Raises ClickHouseError for a statement that leaves the data, or that the engine cannot parse."""
        self._check(sql, 0)

    def check_columns(self, columns: bytes) -> None:
        """The same for the columns of a table, `name Type DEFAULT … , …`."""
        self._check(b"CREATE TEMPORARY TABLE t (" + columns + b"\n)", 0)

    def check_database(self, name: str) -> None:
        """Raises ClickHouseError (497) when the user may not make this database the current one."""
        if self._role is Role.READER and name == "system":
            raise _denied("USE system")

    def _check(self, sql: bytes, depth: int) -> None:
        statement = self._parsed(sql)
        for node in statement.all():
            self._check_node(node, depth)
        if self._role is Role.READER:
            _check_reader(statement)
        written = any(child.kind == "Literal" for child in statement.children)
        applied = any(node.kind == "ColumnsApplyTransformer" for node in statement.all())
        if written or applied or statement.kind in _DEFINITIONS:
            self._check_text(self._formatted(sql), statement, depth)

    def _parsed(self, sql: bytes) -> Node:
        told = self._explained(sql)
        if _may_name_lines(sql):
            told = self._explained(_without_escapes(self._formatted(sql)))
        [statement] = parse(told.decode("utf-8", "surrogateescape")).children
        return statement

    def _explained(self, sql: bytes) -> bytes:
        try:
            # A parameter may be a name, in which a line end would look like a node.
            parameters = self._as_names if b"identifier" in sql.lower() else self._parameters
            return self._connection.run(_EXPLAIN + sql, "TabSeparatedRaw", parameters).data
        except ClickHouseError as error:
            raise _as_told_without_explain(error) from None

    def _formatted(self, sql: bytes) -> bytes:
        """The statement as the engine writes it down."""
        text = string_literal(sql.decode("utf-8", "surrogateescape"))
        return self._connection.run(b"SELECT formatQuerySingleLine(" + text + b")", "RawBLOB").data

    def _check_node(self, node: Node, depth: int) -> None:
        if node.kind == "Function":
            self._check_function(node, depth)
        elif node.kind == "Storage":
            self._check_storage(node)
        elif node.kind == "FunctionWithKeyValueArguments":
            self._check_source(node.name.lower())

    def _check_function(self, node: Node, depth: int) -> None:
        name = node.name.lower()
        if name in doors.CLOSED_FUNCTIONS:
            raise _closed(f"Function {node.name}")
        if name in doors.OUTGOING:
            self._check_address(node)
        if name in doors.OUTGOING | doors.WITH_COLUMNS:
            for position, argument in enumerate(node.arguments):
                self._check_argument(node, position, argument, depth)

    def _check_argument(self, function: Node, position: int, argument: Node, depth: int) -> None:
        """Refuses columns with defaults that leave the data, also in a text that only the run would make."""
        if (text := argument.string) is not None and depth < _MAX_DEPTH:
            self._check_columns_within(text, depth)
        free = function.name.lower() == "values" and position > 0
        if argument.kind == "Function" and argument.name.lower() not in _NO_TEXT and not free:
            raise _closed(f"An expression as an argument of {function.name}")

    def _check_columns_within(self, text: str, depth: int) -> None:
        columns = text.encode("utf-8", "surrogateescape")
        try:
            self._check(b"CREATE TEMPORARY TABLE t (" + columns + b"\n)", depth + 1)
        except ClickHouseError as error:
            if error.code != _SYNTAX_ERROR:
                raise

    def _check_storage(self, storage: Node) -> None:
        engine = next((child for child in storage.children if child.kind == "Function"), None)
        if engine is None:
            return
        name = engine.name.lower()
        if name in doors.ENGINES_OUTGOING:
            self._check_address(engine)
        elif name not in doors.ENGINES_INSIDE:
            raise _closed(f"Engine {engine.name}")
        elif name == "embeddedrocksdb" and any(argument.string is not None for argument in engine.arguments):
            raise _closed("A folder of EmbeddedRocksDB")

    def _check_address(self, node: Node) -> None:
        arguments = node.arguments
        self._hosts.check(arguments[0].string if arguments else None)

    def _check_text(self, formatted: bytes, statement: Node, depth: int) -> None:
        """What the tree does not show: files of the client, disks, the sources of dictionaries, APPLY."""
        if names_file(formatted):
            raise no_files()
        found = list(tokens(formatted))
        _check_applied(found)
        if statement.kind not in _DEFINITIONS:
            return
        _check_disks(found)
        if statement.kind == "AttachQuery" and _follows(found, b"FROM", Kind.STRING):
            raise _closed("ATTACH … FROM a folder")
        if any(node.kind == "FunctionWithKeyValueArguments" for node in statement.all()):
            self._check_pairs(found, depth)

    def _check_source(self, name: str) -> None:
        if name not in doors.SOURCES_INSIDE | doors.SOURCES_OUTGOING:
            raise _closed(f"A dictionary with the source {name}, when it comes from a statement,")
        if name not in doors.SOURCES_INSIDE | {"clickhouse"} and self._role is not Role.ADMINISTRATOR:
            raise _closed(f"A dictionary with the source {name}, for a user who is no administrator,")

    def _check_pairs(self, found: list[Token], depth: int) -> None:
        """The settings of a dictionary's source: its hosts, and its query, which this engine runs."""
        if _named_collection(found):
            self._hosts.check(None)
        for key, value in zip(found, found[1:], strict=False):
            if key.is_word(*_SERVERS) and value.kind is Kind.STRING:
                self._hosts.check(_value(value))
            elif key.is_word(*_QUERIES) and value.kind is Kind.STRING and depth < _MAX_DEPTH:
                self._check_query(_value(value), depth)
            elif key.is_word(b"WHERE") and value.kind is Kind.STRING and depth < _MAX_DEPTH:
                self._check_query(f"SELECT 1 WHERE {_value(value)}", depth)
        if self._role is not Role.ADMINISTRATOR and _own_source(found):
            raise _closed("A dictionary of another table without USER and PASSWORD of its own")

    def _check_query(self, sql: str, depth: int) -> None:
        try:
            self._check(sql.encode("utf-8", "surrogateescape"), depth + 1)
        except ClickHouseError as error:
            if error.code != _SYNTAX_ERROR:
                raise


def no_files() -> ClickHouseError:
    """The error for a statement that reads or writes a file of the client's machine, which HTTP cannot do."""
    return ClickHouseError.of(48, "NOT_IMPLEMENTED", "INTO OUTFILE and FROM INFILE are not allowed over HTTP")


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


def _check_applied(found: list[Token]) -> None:
    for token in found:
        name = _name(token)
        if name is not None and name.lower() in doors.CLOSED_FUNCTIONS and _applied(found, token):
            raise _closed(f"Function {name}")


def _applied(found: list[Token], token: Token) -> bool:
    """Whether the name stands somewhere behind the word APPLY."""
    return any(other.is_word(b"APPLY") and other.start < token.start for other in found)


def _check_disks(found: list[Token]) -> None:
    for name, equals, value, bracket in zip(found, found[1:], found[2:], found[3:], strict=False):
        if name.is_word(b"DISK") and equals.is_symbol(b"=") and value.is_word(b"DISK") and bracket.is_symbol(b"("):
            raise _closed("A disk that a statement describes")


def _own_source(found: list[Token]) -> bool:
    """Whether a dictionary reads tables here without a user: then it would read them as the engine itself."""
    if not any(first.is_word(b"SOURCE") and third.is_word(b"CLICKHOUSE") for first, _, third in _threes(found)):
        return False
    users = [_value(value) for key, value in zip(found, found[1:], strict=False) if key.is_word(b"USER")]
    return not users or "default" in users


def _named_collection(found: list[Token]) -> bool:
    """Whether a dictionary's source takes its settings from a named collection; headers have a NAME and a VALUE."""
    start = next((token.start for token in found if token.is_word(b"SOURCE")), len(found))
    within = [token for token in found if token.start > start]
    return any(first.is_word(b"NAME") and not third.is_word(b"VALUE") for first, _, third in _threes(within))


def _threes(found: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    return zip(found, found[1:], found[2:], strict=False)


def _follows(found: list[Token], word: bytes, kind: Kind) -> bool:
    return any(first.is_word(word) and second.kind is kind for first, second in zip(found, found[1:], strict=False))


def _check_reader(statement: Node) -> None:
    if statement.kind not in _READING and not statement.kind.startswith(("Show", "Exists")):
        raise _denied("a statement that changes something")
    for node in statement.all():
        name = node.name
        if node.kind == "UseQuery" and name == "system":
            raise _denied("USE system")
        if node.kind == "Function" and _leaves(node, statement):
            raise _denied(f"the function {name}")
        if node.kind in ("TableIdentifier", "Identifier") and _hidden(name):
            raise _denied(name)


def _hidden(name: str) -> bool:
    """Whether the name is one of the database `system` that readers may not see."""
    return name.startswith("system.") and name.split(".")[1] not in doors.SYSTEM_FOR_READERS


def _leaves(node: Node, statement: Node) -> bool:
    """Whether a function is one that readers may not call; `format` and `values` are no table functions in a list."""
    name = node.name.lower()
    if name in doors.WITH_COLUMNS:
        return any(node in table.children for table in statement.all() if table.kind == "TableExpression")
    return name in (doors.INSIDE | doors.OUTGOING) - doors.READERS


def _denied(what: str) -> ClickHouseError:
    return ClickHouseError.of(497, "ACCESS_DENIED", f"Not enough privileges: a user who only reads may not use {what}")


def _closed(what: str) -> ClickHouseError:
    return ClickHouseError.of(497, "ACCESS_DENIED", f"{what} is not allowed: it would leave the data of this server")


def _as_told_without_explain(error: ClickHouseError) -> ClickHouseError:
    """The error with positions as they are in the statement alone."""

    def without(match: re.Match[str]) -> str:
        return str(int(match.group(1)) - len(_EXPLAIN))

    return ClickHouseError(error.code, _COLUMN.sub(without, _POSITION.sub(without, error.text)))


def _name(token: Token) -> str | None:
    if token.kind is Kind.WORD:
        return token.text.decode("utf-8", "replace")
    return _value(token) if token.kind is Kind.QUOTED else None


def _value(token: Token) -> str:
    """The text within the quotes of a token, as the engine writes it down."""
    return re.sub(rb"\\(.)", lambda m: {b"n": b"\n", b"t": b"\t"}.get(m[1], m[1]), token.text[1:-1], flags=re.S).decode(
        "utf-8", "surrogateescape"
    )
