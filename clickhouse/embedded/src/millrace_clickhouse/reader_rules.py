"""What a user who only reads may not name in a statement, by its tree. The engine's grants hold besides."""

from __future__ import annotations

from . import doors
from .refusals import denied
from .syntax_tree import Node


def check_reader(statement: Node) -> None:
    """Raises ClickHouseError (497) for a statement that changes something, or looks where readers may not."""
    if statement.kind.lower() not in doors.STATEMENTS_READING:
        raise denied(f"a statement of the kind {statement.kind}, which is not one that only reads")
    for node in statement.all():
        name = node.name
        if node.kind == "UseQuery":
            check_database(name)
        if node.kind == "Function" and _leaves(node, statement):
            raise denied(f"the function {name}")
        if node.kind in ("TableIdentifier", "Identifier") and _hidden(name):
            raise denied(name)


def check_database(name: str) -> None:
    """Raises ClickHouseError (497) when readers may not make this database the current one."""
    if name == "system":
        raise denied("USE system")


def _hidden(name: str) -> bool:
    """Whether the name is one of the database `system` that readers may not see."""
    return name.startswith("system.") and name.split(".")[1] not in doors.SYSTEM_FOR_READERS


def _leaves(node: Node, statement: Node) -> bool:
    """Whether a function is one that readers may not call; `format` and `values` are no table functions in a list."""
    name = node.name.lower()
    if name in doors.WITH_COLUMNS:
        return any(node in table.children for table in statement.all() if table.kind == "TableExpression")
    return name in (doors.INSIDE | doors.OUTGOING) - doors.READERS
