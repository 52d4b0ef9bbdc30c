"""Data in the format Values: it may hold expressions, which the engine evaluates and no tree of a statement shows."""

from __future__ import annotations

import re

# A bracket behind a name or the end of a comment; names may stand in quotes. A text may hold one, too.
_CALL = re.compile(rb"[\w`\"/\x80-\xff]\s*\(")
_COMMENTS = (b"--", b"/*", b"//", b"#")


def may_call(data: bytes) -> bool:
    """Whether `data` may hold a call of a function or a SELECT; if not, it is made of literals and operators."""
    small = data.lower()
    return b"select" in small or any(mark in data for mark in _COMMENTS) or _CALL.search(data) is not None
