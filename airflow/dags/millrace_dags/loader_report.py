"""The JSON document that the loader prints of what it did."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


def report(said: Iterable[str]) -> Any:
    """The last line that is a JSON object, read; None when there is none."""
    for line in reversed("\n".join(said).split("\n")):
        if line.startswith("{"):
            return json.loads(line)
    return None


def tables(found: Any) -> list[Mapping[str, Any]]:
    """What a report of a load says of each table; nothing where there is none."""
    return found.get("tables", []) if isinstance(found, Mapping) else []


def rows(found: Any) -> int:
    """How many rows a load has brought."""
    return sum(int(table["rows"]) for table in tables(found))
