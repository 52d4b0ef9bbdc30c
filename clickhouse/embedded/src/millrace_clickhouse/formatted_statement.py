"""What the tree of a statement does not show, read from the text that the engine writes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexer import Kind, Token, tokens

_SERVERS = (b"HOST", b"URL", b"URI")
_QUERIES = (b"QUERY", b"INVALIDATE_QUERY")
_LETTERS = {b"n": b"\n", b"t": b"\t"}


class FormattedStatement:
    """A statement as the engine has formatted it: comments are gone, keywords stand one blank apart."""

    def __init__(self, sql: bytes) -> None:
        self._tokens = list(tokens(sql))

    @property
    def names_file(self) -> bool:
        """Whether it reads or writes a file of the client's machine."""
        outside = [token for token in self._tokens if token.depth == 0]
        return any(
            (first.is_word(b"INTO") and second.is_word(b"OUTFILE"))
            or (first.is_word(b"FROM") and second.is_word(b"INFILE"))
            for first, second in zip(outside, outside[1:], strict=False)
        )

    @property
    def names_engine(self) -> bool:
        """Whether it says `ENGINE = …`."""
        return any(first.is_word(b"ENGINE") and second.is_symbol(b"=") for first, second in self._twos())

    @property
    def applied(self) -> Iterator[str]:
        """The words and names behind APPLY, functions among them."""
        apply = next((token for token in self._tokens if token.is_word(b"APPLY")), None)
        for token in self._tokens:
            if apply is not None and token.start > apply.start and token.kind in (Kind.WORD, Kind.QUOTED):
                yield _name(token)

    @property
    def settings(self) -> Iterator[str]:
        """The settings that it changes, those of a table or a dictionary among them."""
        first = next((token.start for token in self._tokens if token.is_word(b"SET", b"SETTINGS", b"SETTING")), None)
        threes = zip(self._tokens, self._tokens[1:], self._tokens[2:], strict=False)
        for before, name, equals in threes:
            begins = before.is_word(b"SET", b"SETTINGS", b"SETTING") or before.is_symbol(b",") or before.is_symbol(b"(")
            if first is not None and name.start > first and begins and equals.is_symbol(b"="):
                yield _name(name)

    @property
    def describes_disk(self) -> bool:
        """Whether a setting describes a disk of its own, `disk = disk(…)`."""
        fours = zip(self._tokens, self._tokens[1:], self._tokens[2:], self._tokens[3:], strict=False)
        return any(
            name.is_word(b"DISK") and equals.is_symbol(b"=") and value.is_word(b"DISK") and bracket.is_symbol(b"(")
            for name, equals, value, bracket in fours
        )

    @property
    def from_folder(self) -> bool:
        """Whether it attaches a table FROM a path."""
        return any(first.is_word(b"FROM") and second.kind is Kind.STRING for first, second in self._twos())

    @property
    def source_hosts(self) -> Iterator[str]:
        """The servers that the source of a dictionary names."""
        return (_value(value) for key, value in self._twos() if key.is_word(*_SERVERS) and value.kind is Kind.STRING)

    @property
    def source_queries(self) -> Iterator[str]:
        """The statements that the source of a dictionary runs."""
        for key, value in self._twos():
            if value.kind is Kind.STRING and key.is_word(*_QUERIES):
                yield _value(value)
            elif value.kind is Kind.STRING and key.is_word(b"WHERE"):
                yield f"SELECT 1 WHERE {_value(value)}"

    @property
    def reads_as_engine(self) -> bool:
        """Whether a dictionary reads tables here without a user: then it would read them as the engine itself."""
        if not any(first.is_word(b"SOURCE") and third.is_word(b"CLICKHOUSE") for first, third in self._around()):
            return False
        users = [_value(value) for key, value in self._twos() if key.is_word(b"USER")]
        return not users or "default" in users

    @property
    def names_collection(self) -> bool:
        """Whether a dictionary's source takes settings from a named collection; headers have a NAME and a VALUE."""
        source = next((token.start for token in self._tokens if token.is_word(b"SOURCE")), None)
        return source is not None and any(
            first.is_word(b"NAME") and not third.is_word(b"VALUE")
            for first, third in self._around()
            if first.start > source
        )

    def _twos(self) -> Iterator[tuple[Token, Token]]:
        return zip(self._tokens, self._tokens[1:], strict=False)

    def _around(self) -> Iterator[tuple[Token, Token]]:
        """Each token and the next but one."""
        return zip(self._tokens, self._tokens[2:], strict=False)


def _name(token: Token) -> str:
    return token.text.decode("utf-8", "replace") if token.kind is Kind.WORD else _value(token)


def _value(token: Token) -> str:
    """The text within the quotes of a token, as the engine writes it down."""
    text = re.sub(rb"\\(.)", lambda match: _LETTERS.get(match[1], match[1]), token.text[1:-1], flags=re.DOTALL)
    return text.decode("utf-8", "surrogateescape")
