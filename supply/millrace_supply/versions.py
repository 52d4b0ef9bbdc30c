"""Which of two versions is the later one, by the rules of their ecosystem."""

import re
from collections.abc import Callable
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any

from packaging.version import InvalidVersion, Version

TOKEN = re.compile(r"\d+|[a-z]+")
# Maven's order: these come before the release itself, which is the empty word; "sp" and any other word after it.
BEFORE = {"alpha": 0, "a": 0, "beta": 1, "b": 1, "milestone": 2, "m": 2, "rc": 3, "cr": 3, "snapshot": 4}
RELEASE = ("", "final", "ga", "release")
Rank = tuple[int, int, str]
NOTHING: Rank = (1, 0, "")


def maven_rank(token: str) -> Rank:
    """Where a part of a version stands among others at its place."""
    if token.isdigit():
        return (3, int(token), "") if int(token) else NOTHING
    if token in RELEASE:
        return NOTHING
    return (0, BEFORE[token], "") if token in BEFORE else (2, 0 if token == "sp" else 1, token)


def compare_maven(left: str, right: str) -> int:
    """Below 0 when left is the earlier one, 0 when they are the same."""
    pairs = zip_longest(*(map(maven_rank, TOKEN.findall(v.lower())) for v in (left, right)), fillvalue=NOTHING)
    return next(((a > b) - (a < b) for a, b in pairs if a != b), 0)


def pypi_key(version: str) -> Any:
    """A key to sort by; what is no version at all comes first."""
    try:
        return (1, Version(version))
    except InvalidVersion:
        return (0, version)


KEYS: dict[str, Callable[[str], Any]] = {"PyPI": pypi_key, "Maven": cmp_to_key(compare_maven)}
