"""Superset: every chart of every dashboard gets values from ClickHouse."""

from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding, first_line
from millrace_superset.chart_values import chart_values
from millrace_superset.client import Client


def charts(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a chart."""
    address = f"http://127.0.0.1:{settings['SUPERSET_PORT']}"
    client = Client(address, settings["SUPERSET_ADMIN_USER"], settings["SUPERSET_ADMIN_PASSWORD"])
    for value in chart_values(client):
        detail = first_line(value.reason) if value.reason else f"{value.summary} ({value.dashboard})"
        yield Finding(f"chart {value.chart}", value.ok, detail)
