"""What a chart's data depends on, as part of the key under which it is kept: the state of the table that it asks."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any

from clickhouse_connect.driver import Client

# A line for each table: its state changes with every row that is added, replaced or taken away, and with each exchange
# of the table; merges leave it as it is. A table that others serve or fill, a view among them, has no such state.
STATES = """
SELECT database, name, uuid, cityHash64(create_table_query), total_rows, written
FROM system.tables
INNER JOIN (
    SELECT database, table, (max(max_block_number), max(data_version)) AS written
    FROM system.parts
    WHERE active AND database != 'system'
    GROUP BY database, table
) AS parts ON parts.database = tables.database AND parts.table = tables.name
WHERE engine LIKE '%MergeTree' AND engine NOT LIKE 'Replicated%'
FORMAT TSVRaw
"""

# The same for the same rows, the clock and the random numbers aside; today is taken for such a function by the engine.
UNSTEADY = "SELECT name FROM system.functions WHERE NOT is_aggregate AND ifNull(deterministic, 0) = 0 FORMAT TSVRaw"
UNSTEADY_TOO = frozenset({"today", "yesterday", "select"})
WORDS_ALONE = frozenset({"current_date", "current_timestamp", "current_user", "localtime", "localtimestamp", "select"})
CALL = re.compile(r"""(\w+)[`"]?\s*(?:\(|--|/\*)""")
WORD = re.compile(r"\w+")


class States:
    """The state of each table when it is asked for, or later: who asks while another waits shares the answer."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asking = Lock()
        self._asked_at = 0.0
        self._states: dict[tuple[str, str], str] = {}

    def of(self, database: str, table: str) -> str:
        """As text, empty for a table that has none to be told. Raises ClickHouseError."""
        wanted_at = monotonic()
        with self._asking:
            if self._asked_at < wanted_at:
                asked_at = monotonic()
                lines = self._client.raw_query(STATES).decode(errors="replace").splitlines()
                rows = [line.split("\t", 2) for line in lines]
                self._states = {(row[0], row[1]): row[2] for row in rows if len(row) == 3}
                self._asked_at = asked_at
            return self._states.get((database, table), "")


@cache
def unsteady_functions(client: Client) -> frozenset[str]:
    """The functions of this server, in lower case, that may give something else for the same rows."""
    return frozenset(client.raw_query(UNSTEADY).decode().lower().split()) | UNSTEADY_TOO


def is_steady(texts: Iterable[str], unsteady: frozenset[str]) -> bool:
    """
    Whether SQL gives the same for the same rows of its one table. A text that only looks like a call of such a function
    is taken for one: its chart is asked anew each time.
    """
    for text in texts:
        lower = text.lower()
        if not unsteady.isdisjoint(CALL.findall(lower)) or not WORDS_ALONE.isdisjoint(WORD.findall(lower)):
            return False
    return True


def texts_of(query: Any) -> Iterator[str]:
    """All texts within the JSON of a query."""
    if isinstance(query, str):
        yield query
    elif isinstance(query, dict):
        for name, value in query.items():
            yield from texts_of(name)
            yield from texts_of(value)
    elif isinstance(query, list | tuple):
        for value in query:
            yield from texts_of(value)


def plain(query: dict[str, Any]) -> Any:
    """The query of Superset as JSON has it, times as text."""
    return json.loads(json.dumps(query, default=str))
