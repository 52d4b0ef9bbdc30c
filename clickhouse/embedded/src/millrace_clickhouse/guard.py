"""
What a statement may reach beyond its data. The engine in a library trusts its caller: it runs commands for dictionaries
and reads every file, which ClickHouse's own server refuses. The engine's roles close what has a privilege; this closes
the rest, by the statement's tree as the engine has parsed it.
"""

from __future__ import annotations

from collections.abc import Iterable

from . import doors
from .accounts import Role
from .engine_parser import EngineParser
from .errors import ClickHouseError
from .expressions import may_call
from .formatted_statement import FormattedStatement
from .outgoing import OutgoingHosts
from .reader_rules import check_database, check_reader
from .refusals import closed, denied, fixed, no_files
from .syntax_tree import Node
from .verdicts import Verdicts

_SYNTAX_ERROR = 62
# A text that the parser cannot read, or whose tree is too deep or too big.
_UNREADABLE = (_SYNTAX_ERROR, 167, 168)
_MAX_DEPTH = 3
# Arguments of a function with columns that make no text.
_NO_TEXT = ("tuple", "array", "negate", "headers", "equals", "view", "extra_credentials")
# Arguments that are what they look like; Set are settings of the function itself.
_PLAIN = ("Literal", "Identifier", "TableIdentifier", "Set")
# What the engine's text alone shows.
_HIDDEN_WORDS = (b"outfile", b"infile", b"apply", b"disk", b"settings")
_HIDDEN_SETTINGS = tuple(name.encode() for name in doors.EXPRESSIONS_IN_DATA)
_DEFINITIONS = ("CreateQuery", "AttachQuery", "AlterQuery")


class Guard:
    """Judges the statements of one connection, which a user with this role sends."""

    def __init__(self, parser: EngineParser, role: Role, hosts: OutgoingHosts, verdicts: Verdicts) -> None:
        self._parser = parser
        self._role = role
        self._hosts = hosts
        self._verdicts = verdicts

    def check(self, sql: bytes) -> None:
        """Raises ClickHouseError for a statement that leaves the data, or that the engine cannot parse."""
        if not self._verdicts.knows(self._role, sql):
            self._check(sql, 0)
            self._verdicts.add(self._role, sql)

    def check_columns(self, columns: bytes) -> None:
        """The same for the columns of a table, `name Type DEFAULT … , …`."""
        self._check(_table_of(columns), 0)

    def passes_data(self, data: bytes) -> bool:
        """
        Whether the engine may evaluate the expressions among `data` in the format Values. Raises ClickHouseError for
        those that leave the data of this server.
        """
        if not may_call(data):
            return True
        try:
            self._check(b"SELECT " + data, 0)
        except ClickHouseError as error:
            if error.code not in _UNREADABLE:
                raise
            return False
        return True

    def check_settings(self, names: Iterable[str]) -> None:
        """Raises ClickHouseError (452) for settings that are this server's own to change."""
        if name := next((name for name in names if name.lower() in doors.EXPRESSIONS_IN_DATA), None):
            raise fixed(name)

    def check_database(self, name: str) -> None:
        """Raises ClickHouseError (497) when the user may not make this database the current one."""
        if self._role is Role.READER:
            check_database(name)

    def _check(self, sql: bytes, depth: int) -> None:
        statement = self._parser.tree(sql)
        if statement.kind.lower() not in doors.STATEMENTS:
            raise closed(f"A statement of the kind {statement.kind}")
        nodes = list(statement.all())
        aliases = frozenset(node.alias.lower() for node in nodes if node.alias)
        for node in nodes:
            self._check_node(node, aliases, sql, depth)
        if self._role is Role.READER:
            check_reader(statement)
        if _hides(statement, sql):
            self._check_formatted(FormattedStatement(self._parser.formatted(sql)), statement, depth)

    def _check_within(self, sql: bytes, depth: int) -> None:
        """Judges a text that the engine may read when it runs; one that it cannot parse does nothing."""
        if depth == _MAX_DEPTH:
            raise closed("A text within texts within a text")
        try:
            self._check(sql, depth + 1)
        except ClickHouseError as error:
            if error.code != _SYNTAX_ERROR:
                raise

    def _check_node(self, node: Node, aliases: frozenset[str], sql: bytes, depth: int) -> None:
        if node.kind == "Function":
            self._check_function(node, aliases, depth)
        elif node.kind == "Storage":
            self._check_storage(node, sql)
        elif node.kind == "FunctionWithKeyValueArguments":
            self._check_source(node.name.lower())

    def _check_function(self, node: Node, aliases: frozenset[str], depth: int) -> None:
        name = node.name.lower()
        if name in doors.CLOSED_FUNCTIONS:
            raise closed(f"Function {node.name}")
        if name in doors.OUTGOING:
            self._check_address(node)
        if name in doors.OUTGOING | doors.WITH_COLUMNS:
            for position, argument in enumerate(node.arguments):
                if argument.kind == "Identifier" and argument.name.lower() in aliases:
                    raise closed(f"An alias as an argument of {node.name}")
                self._check_argument(node, position, argument, depth)

    def _check_argument(self, function: Node, position: int, argument: Node, depth: int) -> None:
        """Refuses columns with defaults that leave the data, also in a text that only the run would make."""
        if (text := argument.string) is not None:
            self._check_within(_table_of(_bytes(text)), depth)
        free = function.name.lower() == "values" and position > 0
        plain = argument.name.lower() in _NO_TEXT if argument.kind == "Function" else argument.kind in _PLAIN
        if not plain and not free:
            raise closed(f"An expression as an argument of {function.name}")

    def _check_storage(self, storage: Node, sql: bytes) -> None:
        engine = next((child for child in storage.children if child.kind == "Function"), None)
        if engine is None:
            return
        name = engine.name.lower()
        if name in doors.ENGINES_OUTGOING:
            self._check_address(engine)
        elif name not in doors.ENGINES_INSIDE:
            # Where no engine is named, the first function of the tree is one that a key is made of.
            if FormattedStatement(self._parser.formatted(sql)).names_engine:
                raise closed(f"Engine {engine.name}")
        elif name == "embeddedrocksdb" and any(argument.string is not None for argument in engine.arguments):
            raise closed("A folder of EmbeddedRocksDB")

    def _check_address(self, node: Node) -> None:
        # The engine asks only the one who makes a view for this privilege, and not always.
        if self._role is not Role.ADMINISTRATOR:
            raise denied(f"{node.name}: it is for administrators")
        arguments = node.arguments
        self._hosts.check(arguments[0].string if arguments else None)

    def _check_source(self, name: str) -> None:
        if name not in doors.SOURCES_INSIDE | doors.SOURCES_OUTGOING:
            raise closed(f"A dictionary with the source {name}, when it comes from a statement,")
        if name not in doors.SOURCES_INSIDE | {"clickhouse"} and self._role is not Role.ADMINISTRATOR:
            raise closed(f"A dictionary with the source {name}, for a user who is no administrator,")

    def _check_formatted(self, formatted: FormattedStatement, statement: Node, depth: int) -> None:
        """What the tree does not show: files of the client, APPLY, disks, the settings of a dictionary's source."""
        if formatted.names_file:
            raise no_files()
        if name := next((name for name in formatted.applied if name.lower() in doors.CLOSED_FUNCTIONS), None):
            raise closed(f"Function {name}")
        self.check_settings(formatted.settings)
        if name := next((name for name in formatted.settings if name.lower() in doors.FIXED_SETTINGS), None):
            raise fixed(name)
        if statement.kind not in _DEFINITIONS:
            return
        if formatted.describes_disk:
            raise closed("A disk that a statement describes")
        if statement.kind == "AttachQuery" and formatted.from_folder:
            raise closed("ATTACH … FROM a folder")
        if any(node.kind == "FunctionWithKeyValueArguments" for node in statement.all()):
            self._check_source_settings(formatted, depth)

    def _check_source_settings(self, formatted: FormattedStatement, depth: int) -> None:
        """The settings of a dictionary's source: its hosts, and its query, which this engine runs."""
        if formatted.names_collection:
            self._hosts.check(None)
        for host in formatted.source_hosts:
            self._hosts.check(host)
        for query in formatted.source_queries:
            self._check_within(_bytes(query), depth)
        if self._role is not Role.ADMINISTRATOR and formatted.reads_as_engine:
            raise closed("A dictionary of another table without USER and PASSWORD of its own")


def _hides(statement: Node, sql: bytes) -> bool:
    """Whether the statement may hold what its tree does not show; words without escapes stand in it as they are."""
    small = sql.lower()
    if any(name in small for name in _HIDDEN_SETTINGS) or (b"\\" in small and b"set" in small):
        return True
    if any(argument.kind == "Set" for node in statement.all() for argument in node.arguments):
        return True
    kinds = {node.kind for node in statement.all()}
    written = any(child.kind == "Literal" for child in statement.children)
    if "FunctionWithKeyValueArguments" in kinds or statement.kind == "AttachQuery":
        return True
    if not written and "ColumnsApplyTransformer" not in kinds and statement.kind not in _DEFINITIONS:
        return False
    return b"\\" in small or any(word in small for word in _HIDDEN_WORDS)


def _table_of(columns: bytes) -> bytes:
    return b"CREATE TEMPORARY TABLE t (" + columns + b"\n)"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
