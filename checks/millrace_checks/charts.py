"""Superset: every chart of every dashboard gets values from ClickHouse."""

from collections.abc import Iterator, Mapping

from millrace_checks import clickhouse
from millrace_checks.finding import Finding, first_line
from millrace_superset.chart_values import ChartValue, chart_values
from millrace_superset.client import Client


def charts(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a chart; one whose table has no row yet cannot show any."""
    address = f"http://127.0.0.1:{settings['SUPERSET_PORT']}"
    client = Client(address, settings["SUPERSET_ADMIN_USER"], settings["SUPERSET_ADMIN_PASSWORD"])
    empty: dict[tuple[str, str], bool] = {}
    for value in chart_values(client):
        holds, detail = value.ok, f"{value.summary} ({value.dashboard})"
        if value.failed:
            detail = first_line(value.reason)
        elif not value.ok:
            if value.table not in empty:
                empty[value.table] = is_empty(settings, value)
            holds = empty[value.table]
            detail = f"nothing to show: {'.'.join(value.table)} is empty" if holds else value.reason
        yield Finding(f"chart {value.chart}", holds, detail)


def is_empty(settings: Mapping[str, str], value: ChartValue) -> bool:
    """True when the table that a chart asks has no row."""
    name = ".".join(map(clickhouse.quoted, value.table))
    return clickhouse.rows(settings, f"SELECT count() FROM {name}") == [["0"]]
