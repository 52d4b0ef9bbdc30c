"""Statements of clients with the tables of `system` that this server tells in its own way: `processes`, `query_log`."""

from __future__ import annotations

from collections.abc import Callable

from .lexer import Kind, Token, tokens
from .query_log import PROCESSES_WITH_IDS

# The views that stand for them, by their names.
_VIEWS = {b"processes": b"http_processes", b"query_log": b"http_query_log"}
_IN = (b"system", b".")


def for_clients(sql: bytes, in_system: Callable[[], bool]) -> bytes:
    """
    The statement with `system.processes` and `system.query_log` read as clients know them, also without `system` where
    that is the current database, and KILL QUERY told by the client's query ids.
    """
    small = sql.lower()
    if not any(name in small for name in _VIEWS) and not small.lstrip().startswith(b"kill"):
        return sql
    found = list(tokens(sql))
    if len(found) > 3 and found[0].is_word(b"KILL") and found[1].is_word(b"QUERY"):
        return _kill(sql, found)
    if not found or found[0].is_word(b"SYSTEM"):
        return sql
    return _read_by_views(sql, found, in_system)


def _kill(sql: bytes, found: list[Token]) -> bytes:
    where = next((token for token in found if token.is_word(b"WHERE")), None)
    if where is None:
        return sql
    ends = (b"SYNC", b"ASYNC", b"TEST", b"FORMAT", b"SETTINGS")
    after = next((t.start for t in found if t.start > where.end and t.depth == 0 and t.is_word(*ends)), found[-1].end)
    ids = b"SELECT engine_query_id FROM " + PROCESSES_WITH_IDS
    return b"%b query_id IN (%b WHERE %b) %b" % (sql[: where.end], ids, sql[where.end : after], sql[after:])


def _read_by_views(sql: bytes, found: list[Token], in_system: Callable[[], bool]) -> bytes:
    """The names of the tables, wherever they stand as such, replaced by those of their views."""
    names = [_name(token) for token in found]
    tables = {name for database, dot, name in zip(names, names[1:], names[2:], strict=False) if (database, dot) == _IN}
    for at in range(len(found) - 1, -1, -1):
        if names[at] not in _VIEWS:
            continue
        qualified = at > 0 and found[at - 1].is_symbol(b".")
        qualifies = at + 1 < len(found) and found[at + 1].is_symbol(b".")
        if (
            (qualified and names[at - 2 : at] == [*_IN])
            or (qualifies and not qualified and names[at] in tables)
            or (not qualified and not qualifies and _stands_for_table(found, at) and in_system())
        ):
            sql = sql[: found[at].start] + _VIEWS[names[at]] + sql[found[at].end :]
    return sql


def _stands_for_table(found: list[Token], at: int) -> bool:
    return at > 0 and found[at - 1].is_word(b"FROM", b"JOIN", b"TABLE", b"DESCRIBE", b"DESC")


def _name(token: Token) -> bytes:
    """The name that a token is, quoted or not; other tokens are their own text."""
    return token.text[1:-1] if token.kind is Kind.QUOTED else token.text
