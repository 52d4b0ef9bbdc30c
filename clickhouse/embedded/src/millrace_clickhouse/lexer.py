"""Splits SQL into tokens, as far as a front needs to know: where strings, comments and brackets are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_PATTERN = re.compile(
    rb"""
      (?P<BLANK> (?: \s | \xc2[\x85\xa0] | \xe1\xa0\x8e | \xe2\x80[\x80-\x8d\xa8\xa9\xaf] | \xe2\x81[\x9f\xa0]
               | \xe3\x80\x80 | \xef\xbb\xbf )+ | --[^\n]* | //[^\n]* | \#[\ !][^\n]* )
    | (?P<COMMENT> /\* )
    | (?P<STRING> '(?:[^'\\]|\\.|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ | \xe2\x80\x98.*?\xe2\x80\x99 )
    | (?P<QUOTED> `(?:[^`\\]|\\.|``)*` | "(?:[^"\\]|\\.|"")*" | \xe2\x80\x9c.*?\xe2\x80\x9d )
    | (?P<WORD> [A-Za-z_][\w$]* )
    | (?P<NUMBER> \d[\w.]* )
    | (?P<SYMBOL> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT_EDGE = re.compile(rb"/\*|\*/")


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
    while match := _PATTERN.match(sql, at):
        group, start, at = match.lastgroup, match.start(), match.end()
        if group == "COMMENT" and (end := _comment_end(sql, start)):
            at = end
            continue
        if group == "COMMENT":
            group, at = "SYMBOL", start + 1
        kind = Kind[group] if group and group != "tag" else Kind.STRING
        if kind is Kind.BLANK:
            continue
        text = sql[start:at]
        if kind is Kind.SYMBOL and text in b")]}":
            depth -= 1
        yield Token(kind, text, start, at, depth)
        if kind is Kind.SYMBOL and text in b"([{":
            depth += 1


def _comment_end(sql: bytes, start: int) -> int | None:
    """Where the comment that begins there ends; comments may hold comments. None when it does not end."""
    level = 0
    for edge in _COMMENT_EDGE.finditer(sql, start):
        level += 1 if edge.group() == b"/*" else -1
        if level == 0:
            return edge.end()
    return None
