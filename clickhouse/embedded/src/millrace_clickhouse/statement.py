"""What kind of statement a request carries, and where its clauses and its data begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from .lexer import Kind, Token, tokens

_READING = (b"SELECT", b"WITH", b"SHOW", b"DESCRIBE", b"DESC", b"EXISTS", b"EXPLAIN", b"CHECK", b"KILL", b"FROM")
_INSERT_BODY = (b"VALUES", b"FORMAT", b"SELECT", b"WITH", b"FROM", b"EXPLAIN", b"WATCH")


@dataclass(frozen=True, slots=True)
class InsertHead:
    """The part of an INSERT before its data: `sql` without FORMAT or VALUES, `data_at` the offset where data begins."""

    sql: bytes
    format: str | None
    data_at: int

    def reading_from(self, source: bytes, name: bytes) -> bytes:
        """The statement with its data in the file `source` (an SQL string), in the format `name` (an SQL name)."""
        at = _settings_clause(self.sql)
        return b"%b FROM INFILE %b %b FORMAT %b" % (self.sql[:at], source, self.sql[at:], name)

    def target(self) -> InsertTarget | None:
        """The table and the columns that the statement names, None when it writes into a table function."""
        found = list(tokens(self.sql[: _settings_clause(self.sql)]))[2:]
        if found and found[0].is_word(b"TABLE") and len(found) > 1 and not found[1].is_symbol(b"("):
            found = found[1:]
        if not found or (found[0].is_word(b"FUNCTION") and len(found) > 1 and found[1].kind is not Kind.SYMBOL):
            return None
        opening = next((token for token in found if token.is_symbol(b"(") and token.depth == 0), None)
        if opening is None:
            return InsertTarget(self.sql[found[0].start : found[-1].end], None)
        return InsertTarget(self.sql[found[0].start : opening.start], self.sql[opening.end : found[-1].start])


@dataclass(frozen=True, slots=True)
class InsertTarget:
    """What an INSERT writes into: the table's name, and the text of its list of columns, both as they stand there."""

    table: bytes
    columns: bytes | None


@dataclass(frozen=True, slots=True)
class ReadingStatement:
    """A statement that answers with rows; a clause such as INTO OUTFILE belongs at the offset `tail_at`."""

    sql: bytes
    format: str | None
    tail_at: int

    @property
    def is_select(self) -> bool:
        """Whether it is a SELECT and not a SHOW, DESCRIBE or the like."""
        return first_word(self.sql) in (b"SELECT", b"WITH", b"FROM", b"(")

    @property
    def bare(self) -> bytes:
        """The statement without its FORMAT clause."""
        return self.sql[: self.tail_at]

    def with_tail(self, clause: bytes) -> bytes:
        """The statement with `clause` where an INTO OUTFILE clause belongs."""
        return self.sql[: self.tail_at] + b" " + clause + b" " + self.sql[self.tail_at :]


def first_word(sql: bytes) -> bytes:
    """The statement's first keyword in upper case, `(` for a bracketed SELECT, empty when there is none."""
    token = next(tokens(sql), None)
    return token.text.upper() if token else b""


def insert_head(sql: bytes, complete: bool) -> InsertHead | None:
    """
    The head of an INSERT that brings its own data; None for any other statement, INSERT … SELECT among them.

    `complete` is false while only a first part of the request has been read: raises NeedMore when that does not decide.
    """
    found: list[Token] = []
    for token in tokens(sql):
        found.append(token)
        if len(found) <= 2 and not token.is_word(b"INSERT", b"INTO"):
            _require_decided(sql, found, complete)
            return None
        if len(found) > 3 and token.depth == 0 and _starts_body(token, found):
            return _head_at(sql, found, complete)
    if not complete:
        raise NeedMore
    return InsertHead(_without_semicolon(sql, found), None, len(sql)) if len(found) > 2 else None


class NeedMore(Exception):
    """More of the request must be read before the statement can be told."""


def _require_decided(sql: bytes, found: list[Token], complete: bool) -> None:
    """It is no INSERT, unless the first part ends inside the very first words: raises NeedMore."""
    if not complete and found[-1].end >= len(sql) - 8:
        raise NeedMore


def _starts_body(token: Token, found: list[Token]) -> bool:
    """Whether the token begins the data or the SELECT of an INSERT; a table may be called `values`."""
    if token.is_symbol(b"("):
        return False
    names_follow = found[-2].is_symbol(b".") or found[-2].is_word(b"TABLE", b"FUNCTION")
    return token.is_word(*_INSERT_BODY) and not names_follow


def _head_at(sql: bytes, found: list[Token], complete: bool) -> InsertHead | None:
    """The head that the last token ends."""
    *_, last, token = found
    head = sql[: last.end]
    if token.is_word(b"VALUES"):
        return InsertHead(head, "Values", token.end)
    if not token.is_word(b"FORMAT"):
        return None
    name = next(tokens(sql[token.end :]), None)
    if name is None or (not complete and token.end + name.end == len(sql)):
        if not complete:
            raise NeedMore
        return None
    return InsertHead(head, name.text.decode(), _data_after(sql, token.end + name.end))


def _data_after(sql: bytes, at: int) -> int:
    """Data begins after the blanks that follow the format's name, and after one line end."""
    while sql[at : at + 1] in (b" ", b"\t", b"\f") and at < len(sql):
        at += 1
    if sql[at : at + 1] == b";":
        return _data_after(sql, at + 1)
    if sql[at : at + 1] == b"\r":
        at += 1
    return at + 1 if sql[at : at + 1] == b"\n" else at


def _settings_clause(sql: bytes) -> int:
    """The offset of the SETTINGS clause of an INSERT without its data, the end of the text when there is none."""
    found = [token for token in tokens(sql) if token.depth == 0][3:]
    for clause, name, equals in zip(found, found[1:], found[2:], strict=False):
        if clause.is_word(b"SETTINGS") and name.kind is Kind.WORD and equals.is_symbol(b"="):
            return clause.start
    return len(sql)


def _without_semicolon(sql: bytes, found: list[Token]) -> bytes:
    return sql[: found[-2 if found[-1].is_symbol(b";") else -1].end]


@dataclass(frozen=True, slots=True)
class InputHead:
    """An INSERT … SELECT whose data comes through `input(structure)`: what stands before and after that, its data."""

    before: bytes
    structure: bytes
    after: bytes
    format: str
    data_at: int

    def reading_from(self, source: bytes) -> bytes:
        """The statement with the table function `source` in the place of `input(…)`."""
        return self.before + source + self.after


def input_head(sql: bytes, complete: bool) -> InputHead | None:
    """The head of an INSERT … SELECT … FROM input('…') FORMAT …; None for other statements. Raises NeedMore."""
    found: list[Token] = []
    opening: int | None = None
    for token in tokens(sql):
        found.append(token)
        if len(found) <= 2 and not token.is_word(b"INSERT", b"INTO"):
            return None
        if opening is None and token.is_symbol(b"(") and found[-2].is_word(b"INPUT"):
            opening = len(found) - 1
        if opening is not None and len(found) > 1 and found[-2].is_word(b"FORMAT") and token.depth == 0:
            return _input_head(sql, found, opening) if complete or token.end < len(sql) else _more()
    return None if complete or opening is None else _more()


def _more() -> NoReturn:
    raise NeedMore


def _input_head(sql: bytes, found: list[Token], opening: int) -> InputHead:
    bracket = found[opening]
    closing = next(t for t in found[opening + 1 :] if t.is_symbol(b")") and t.depth == bracket.depth)
    return InputHead(
        before=sql[: found[opening - 1].start],
        structure=sql[bracket.end : closing.start],
        after=sql[closing.end : found[-2].start],
        format=found[-1].text.decode(),
        data_at=_data_after(sql, found[-1].end),
    )


def reading_statement(sql: bytes) -> ReadingStatement | None:
    """The statement when it is one that answers with rows and takes a FORMAT, else None."""
    found = list(tokens(sql))
    while found and found[-1].is_symbol(b";"):
        found.pop()
    if not found or not (found[0].is_word(*_READING) or found[0].is_symbol(b"(")):
        return None
    if _pair(found, b"INSERT", b"INTO") or _pair(found[:2], b"CHECK", b"GRANT"):
        return None
    sql = sql[: found[-1].end]
    at = _format_clause(found)
    if at is None:
        return ReadingStatement(sql, None, len(sql))
    return ReadingStatement(sql, found[at + 1].text.decode(), found[at].start)


def _format_clause(found: list[Token]) -> int | None:
    """The index of the FORMAT keyword: at depth 0, before a name that ends the statement or its last SETTINGS."""
    for at in range(len(found) - 2, 0, -1):
        if found[at].depth == 0 and found[at].is_word(b"FORMAT") and found[at + 1].kind is Kind.WORD:
            after = found[at + 2] if at + 2 < len(found) else None
            if after is None or after.is_word(b"SETTINGS"):
                return at
    return None


def own_setting(sql: bytes, name: bytes) -> str | None:
    """The text that the statement itself sets `name` (upper case) to, None when it does not."""
    if name not in sql.upper():
        return None
    found = list(tokens(sql))
    for word, equals, value in zip(found, found[1:], found[2:], strict=False):
        if word.is_word(name) and equals.is_symbol(b"=") and value.kind is Kind.STRING:
            return value.text[1:-1].decode("utf-8", "replace")
    return None


def _pair(found: list[Token], first: bytes, second: bytes) -> bool:
    """Whether the two keywords stand one after the other, outside all brackets."""
    outside = [token for token in found if token.depth == 0]
    pairs = zip(outside, outside[1:], strict=False)
    return any(left.is_word(first) and right.is_word(second) for left, right in pairs)
