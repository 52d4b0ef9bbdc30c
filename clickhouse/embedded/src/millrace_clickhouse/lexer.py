"""Splits SQL into tokens, as far as a front needs to know: where strings, comments and brackets are."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_PATTERN = re.compile(
    rb"""
      (?P<BLANK> (?: \s | \xc2[\x85\xa0] | \xe1\xa0\x8e | \xe2\x80[\x80-\x8d\xa8\xa9\xaf] | \xe2\x81[\x9f\xa0]
               | \xe3\x80\x80 | \xef\xbb\xbf | --[^\n]*+ | //[^\n]*+ | \#[\ !][^\n]*+
               | /\* (?: [^*/]++ | \*(?!/) | /(?!\*) )*+ \*/ )++ )
    | (?P<OPENING> /\* | ' | ` | " | \xe2\x80\x98 | \xe2\x80\x9c | \$\w*+\$ )
    | (?P<WORD> [A-Za-z_][\w$]*+ )
    | (?P<NUMBER> \d[\w.]*+ )
    | (?P<SYMBOL> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REST = {
    opening: re.compile(rest, re.DOTALL)
    for opening, rest in {
        b"'": rb"(?:[^'\\]++|\\.|'')*+'",
        b"`": rb"(?:[^`\\]++|\\.|``)*+`",
        b'"': rb'(?:[^"\\]++|\\.|"")*+"',
        b"\xe2\x80\x98": rb".*?\xe2\x80\x99",
        b"\xe2\x80\x9c": rb".*?\xe2\x80\x9d",
    }.items()
}
_COMMENT, _NAMES = b"/*", (b"`", b'"', b"\xe2\x80\x9c")
_COMMENT_EDGE = re.compile(rb"/\*|\*/")
_TAG = re.compile(rb"(?=(\$\w*+\$))")


class Kind(Enum):
    """What a token is. An unterminated string, name or comment shows as its opening SYMBOL."""

    BLANK = auto()
    STRING = auto()
    QUOTED = auto()
    WORD = auto()
    NUMBER = auto()
    SYMBOL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a statement; `start` and `end` are byte offsets, `depth` counts the brackets around it."""

    kind: Kind
    text: bytes
    start: int
    end: int
    depth: int

    def is_word(self, *words: bytes) -> bool:
        """Whether this is one of the given keywords (upper case), whatever its case in the statement."""
        return self.kind is Kind.WORD and self.text.upper() in words

    def is_symbol(self, symbol: bytes) -> bool:
        """Whether this is the given punctuation character."""
        return self.kind is Kind.SYMBOL and self.text == symbol


def tokens(sql: bytes) -> Iterator[Token]:
    """The tokens of `sql` without blanks and comments. An opening and its closing bracket have the same depth."""
    depth = at = 0
    ends = _Ends(sql)
    while match := _PATTERN.match(sql, at):
        group, start, at = match.lastgroup, match.start(), match.end()
        kind = Kind.SYMBOL if group == "OPENING" else Kind[group or "SYMBOL"]
        if group == "OPENING":
            opening = match.group()
            end = ends.of(opening, at)
            at = start + 1 if end is None else end
            if end is not None:
                kind = Kind.BLANK if opening == _COMMENT else Kind.QUOTED if opening in _NAMES else Kind.STRING
        if kind is Kind.BLANK:
            continue
        text = sql[start:at]
        if kind is Kind.SYMBOL and text in b")]}":
            depth -= 1
        yield Token(kind, text, start, at, depth)
        if kind is Kind.SYMBOL and text in b"([{":
            depth += 1


class _Ends:
    """
    Where texts, names and comments of a statement end. What does not end is looked for once: a statement that opens the
    same again and again costs no more than its length.
    """

    def __init__(self, sql: bytes) -> None:
        self._sql = sql
        self._endless: set[bytes] = set()
        self._tags: dict[bytes, list[int]] | None = None

    def of(self, opening: bytes, at: int) -> int | None:
        """The offset behind what `opening`, which ends at `at`, has begun. None when it does not end."""
        if opening in self._endless:
            return None
        if opening.startswith(b"$"):
            return self._tag_end(opening, at)
        if opening == _COMMENT:
            end = _comment_end(self._sql, at - len(opening))
        else:
            match = _REST[opening].match(self._sql, at)
            end = match.end() if match else None
        if end is None:
            self._endless.add(opening)
        return end

    def _tag_end(self, tag: bytes, at: int) -> int | None:
        if self._tags is None:
            self._tags = {}
            for match in _TAG.finditer(self._sql, at):
                self._tags.setdefault(match.group(1), []).append(match.start())
        found = self._tags.get(tag, [])
        index = bisect_left(found, at)
        return found[index] + len(tag) if index < len(found) else None


def _comment_end(sql: bytes, start: int) -> int | None:
    """Where the comment that begins there ends; comments may hold comments. None when it does not end."""
    level = 0
    for edge in _COMMENT_EDGE.finditer(sql, start):
        level += 1 if edge.group() == b"/*" else -1
        if level == 0:
            return edge.end()
    return None
