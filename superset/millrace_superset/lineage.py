"""Which columns dashboards stand on, and what a column that is dropped or renamed would break."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp

from millrace_superset.assets import Asset, Assets, filters, queries, table_of
from millrace_superset.models import Model


@dataclass(frozen=True, order=True)
class Use:
    """A chart (or a filter) of a dashboard that needs a column of a table; column: empty for the table itself."""

    table: str
    column: str
    dashboard: str
    chart: str

    def __str__(self) -> str:
        column = f".{self.column}" if self.column else ""
        return f"{self.table}{column} <- {self.dashboard} / {self.chart}"


def uses(assets: Assets) -> list[Use]:
    """Each column that something on a dashboard stands on; a table of which no column is asked, as for a count, too."""
    return sorted(
        Use(table_of(dataset), column, dashboard["dashboard_title"], part)
        for dashboard in assets.dashboards.values()
        for part, dataset, columns in parts(assets, dashboard)
        for column in columns | {""}
    )


def missing(assets: Assets, models: list[Model]) -> list[Use]:
    """What stands on a table or column that no model has, of the databases that models are built in."""
    columns = {model.table: {*model.columns, ""} for model in models}
    databases = {model.database for model in models}
    return [
        use
        for use in uses(assets)
        if use.table.split(".")[0] in databases and use.column not in columns.get(use.table, ())
    ]


def parts(assets: Assets, dashboard: Asset) -> Iterator[tuple[str, Asset, set[str]]]:
    """Charts and filters of a dashboard with their dataset and the columns of its table that they need."""
    for chart in assets.charts_of(dashboard):
        dataset = assets.dataset_of(chart)
        yield chart["slice_name"], dataset, columns_of(chart, dataset)
    for native_filter in filters(dashboard):
        for target in native_filter["targets"]:
            if target.get("column") and target.get("datasetUuid") in assets.datasets:
                dataset = assets.datasets[target["datasetUuid"]]
                yield f"filter {native_filter['name']}", dataset, real(dataset, {target["column"]["name"]})


def columns_of(chart: Asset, dataset: Asset) -> set[str]:
    """The columns of the dataset's table that a chart's queries need."""
    metrics = {metric["metric_name"]: metric["expression"] for metric in dataset["metrics"]}
    named: set[str] = set()
    for query in queries(chart):
        named |= {condition["col"] for condition in query["filters"] if isinstance(condition["col"], str)}
        for column in [*query["columns"], *query.get("series_columns", [])]:
            named |= column_in(column)
        for metric in [*query["metrics"], *(ordered for ordered, _ in query.get("orderby", []))]:
            known = isinstance(metric, str) and metric in metrics
            named |= columns_in(metrics[metric]) if known else column_in(metric)
        for condition in (query["extras"].get("where"), query["extras"].get("having")):
            named |= columns_in(condition) if condition else set()
    return real(dataset, named - set(metrics))


def column_in(asked: str | dict[str, Any]) -> set[str]:
    """The columns of a column, or of a metric, of a query: its name, an expression, or an aggregate of one."""
    if isinstance(asked, str):
        return {asked}
    if asked.get("expressionType") == "SIMPLE":
        return {asked["column"]["column_name"]}
    return columns_in(asked["sqlExpression"])


def real(dataset: Asset, columns: set[str]) -> set[str]:
    """The columns of the table behind those of a dataset, some of which it reckons itself."""
    reckoned = {column["column_name"]: column["expression"] for column in dataset["columns"] if column["expression"]}
    return {name for column in columns for name in (columns_in(reckoned[column]) if column in reckoned else {column})}


def columns_in(expression: str) -> set[str]:
    """The columns that an SQL expression of ClickHouse names."""
    return {column.name for column in sqlglot.parse_one(expression, read="clickhouse").find_all(exp.Column)}
