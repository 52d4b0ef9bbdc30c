"""Splits SQL into tokens, as far as a front needs to know: where strings, comments and brackets are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_PATTERN = re.compile(
    rb"""
      (?P<BLANK> \s+ | --[^\n]* | \#[\ !][^\n]* | /\*.*?\*/ )
    | (?P<STRING> '(?:[^'\\]|\\.|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ )
    | (?P<QUOTED> `(?:[^`\\]|\\.|``)*` | "(?:[^"\\]|\\.|"")*" )
    | (?P<WORD> [A-Za-z_\x80-\xff][\w$\x80-\xff]* )
    | (?P<NUMBER> \d[\w.]* )
    | (?P<SYMBOL> . )
    """,
    re.VERBOSE | re.DOTALL,
)


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
    depth = 0
    for match in _PATTERN.finditer(sql):
        kind = Kind[match.lastgroup or "SYMBOL"] if match.lastgroup != "tag" else Kind.STRING
        if kind is Kind.BLANK:
            continue
        text = match.group()
        if kind is Kind.SYMBOL and text in b")]}":
            depth -= 1
        yield Token(kind, text, match.start(), match.end(), depth)
        if kind is Kind.SYMBOL and text in b"([{":
            depth += 1
