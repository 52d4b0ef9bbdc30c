"""Asks Superset for the data of every chart on every dashboard, and says which of them show something."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from millrace_superset.client import Client
from millrace_superset.problem import Refused

Row = dict[str, Any]
# A chart's data costs Superset more time than ClickHouse: a few at once halve the wait on two cores.
AT_ONCE = 4


@dataclass(frozen=True)
class ChartValue:
    """
    rows: how many the chart got; first: its first row; reason: why the chart shows nothing, empty when it does; failed:
    whether that is because of an error; table: the database and the table that it asks.
    """

    dashboard: str
    chart: str
    rows: int
    first: Row
    reason: str
    failed: bool = False
    table: tuple[str, str] = ("", "")

    @property
    def ok(self) -> bool:
        """True when the chart shows something."""
        return not self.reason

    @property
    def summary(self) -> str:
        """What the chart shows, in a few words: its number, or how many rows."""
        if self.rows == 1 and len(self.first) == 1:
            return str(next(iter(self.first.values())))
        return f"{self.rows} rows"


def chart_values(client: Client) -> Iterator[ChartValue]:
    """One entry for each chart of each dashboard. Raises Problem when Superset itself fails."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for title, charts in dashboards(client):
            yield from pool.map(partial(ask, client, title), charts)


def tables(client: Client) -> dict[str, tuple[str, str]]:
    """The database and table of each dataset, as charts name them."""
    found = client.list("dataset", ("id", "schema", "table_name"))
    return {f"{dataset['id']}__table": (dataset["schema"] or "", dataset["table_name"]) for dataset in found}


def each_chart(client: Client) -> Iterator[ChartValue]:
    """The same, one after the other as they are wanted."""
    for title, charts in dashboards(client):
        yield from (ask(client, title, chart) for chart in charts)


def dashboards(client: Client) -> Iterator[tuple[str, list[Row]]]:
    """The title of each dashboard, and its charts by name, each with the `table` that it asks."""
    known = tables(client)
    for dashboard in client.list("dashboard", ("id", "dashboard_title")):
        charts = client.get(f"dashboard/{dashboard['id']}/charts")["result"]
        for chart in charts:
            chart["table"] = known.get(chart["form_data"]["datasource"], ("", ""))
        yield dashboard["dashboard_title"], sorted(charts, key=lambda chart: chart["slice_name"])


def ask(client: Client, dashboard: str, chart: Row) -> ChartValue:
    """The data of one chart, fresh from ClickHouse."""
    name = chart["slice_name"]
    try:
        results = client.get(f"chart/{chart['id']}/data/?force=true")["result"]
    except Refused as refused:
        return ChartValue(dashboard, name, 0, {}, f"HTTP {refused.status}: {refused.reason}", True, chart["table"])
    rows = [row for result in results for row in result.get("data") or ()]
    errors = [result["error"] for result in results if result.get("error")]
    first = rows[0] if rows else {}
    # Of some charts it is good news that they show nothing: no lag, no change.
    reason = errors[0] if errors else "" if chart["form_data"].get("may_be_empty") else emptiness(rows)
    return ChartValue(dashboard, name, len(rows), first, reason, bool(errors), chart["table"])


def emptiness(rows: list[Row]) -> str:
    """Why these rows show nothing, empty when they show something: sums over an empty table are 0, ratios NaN."""
    if not rows:
        return "no rows"
    numbers = [v for row in rows for v in row.values() if isinstance(v, int | float) and not isinstance(v, bool)]
    if numbers and not any(number and not math.isnan(number) for number in numbers):
        return "every value is 0"
    if all(value is None for row in rows for value in row.values()):
        return "every value is empty"
    return ""
