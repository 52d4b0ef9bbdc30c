"""Dashboard -> chart -> dataset -> dbt model, column by column, without a server."""

import re

import pytest
from asset_files import Asset, assets, exposures, filters, names, placed_charts, queries, table_of, tables

WORD = re.compile(r"'[^']*'|[A-Za-z_]\w*\(?")


def titled(kind: str, key: str) -> list[pytest.param]:
    return [pytest.param(asset, id=asset[key]) for asset in assets(kind).values()]


dashboards = pytest.mark.parametrize("dashboard", titled("dashboards", "dashboard_title"))
charts = pytest.mark.parametrize("chart", titled("charts", "slice_name"))
datasets = pytest.mark.parametrize("dataset", titled("datasets", "table_name"))


def columns_in(expression: str) -> set[str]:
    """The columns that an SQL expression names: words that are no function, keyword or text."""
    return {w for w in WORD.findall(expression) if w[0] != "'" and w[-1] != "(" and w not in ("DISTINCT", "now64")}


@dashboards
def test_a_dashboard_places_only_charts_that_exist(dashboard: Asset) -> None:
    placed = {meta["uuid"]: meta["sliceName"] for meta in placed_charts(dashboard)}
    assert placed == {uuid: assets("charts")[uuid]["slice_name"] for uuid in placed if uuid in assets("charts")}


@charts
def test_a_chart_is_on_a_dashboard(chart: Asset) -> None:
    placed = {meta["uuid"] for dashboard in assets("dashboards").values() for meta in placed_charts(dashboard)}
    assert chart["uuid"] in placed


@charts
def test_a_chart_asks_for_what_its_dataset_has(chart: Asset) -> None:
    dataset = assets("datasets")[chart["dataset_uuid"]]
    for query in queries(chart):
        columns = {c["sqlExpression"] if isinstance(c, dict) else c for c in query["columns"]}
        filtered = {condition["col"] for condition in query["filters"]}
        assert columns | filtered <= names(dataset, "columns")
        assert {metric for metric in query["metrics"] if isinstance(metric, str)} <= names(dataset, "metrics")


@charts
def test_what_a_chart_shows_is_what_it_asks_for(chart: Asset) -> None:
    params = chart["params"]
    shown = [params["metric"]] if "metric" in params else params["metrics"] + params.get("metrics_b", [])
    assert [metric for query in queries(chart) for metric in query["metrics"]] == shown


@datasets
def test_a_dataset_stands_on_a_table_that_is_built(dataset: Asset) -> None:
    assert table_of(dataset) in tables()
    assert names(dataset, "columns") == tables()[table_of(dataset)]
    assert dataset["database_uuid"] in assets("databases")


@datasets
def test_metrics_use_columns_of_the_table(dataset: Asset) -> None:
    for metric in dataset["metrics"]:
        used = columns_in(metric["expression"])
        assert used <= names(dataset, "columns"), metric["metric_name"]


@datasets
def test_no_metric_hides_a_column(dataset: Asset) -> None:
    """ClickHouse would read sum(x) AS x, y / sum(x) as a sum of a sum."""
    assert not names(dataset, "metrics") & names(dataset, "columns")


@dashboards
def test_filters_target_columns_that_exist(dashboard: Asset) -> None:
    assert filters(dashboard)
    for native_filter in filters(dashboard):
        for target in native_filter["targets"]:
            if native_filter["filterType"] != "filter_time":
                assert target["column"]["name"] in names(assets("datasets")[target["datasetUuid"]], "columns")


@dashboards
def test_every_chart_that_is_not_excluded_can_be_filtered(dashboard: Asset) -> None:
    for native_filter in filters(dashboard):
        excluded = native_filter["scope"]["excluded"]
        for meta in placed_charts(dashboard):
            if meta["chartId"] in excluded:
                continue
            chart = assets("charts")[meta["uuid"]]
            columns = names(assets("datasets")[chart["dataset_uuid"]], "columns")
            if native_filter["filterType"] == "filter_time":
                operators = [condition["op"] for query in queries(chart) for condition in query["filters"]]
                assert "TEMPORAL_RANGE" in operators, chart["slice_name"]
            else:
                assert native_filter["targets"][0]["column"]["name"] in columns, chart["slice_name"]


def test_dashboards_that_dbt_names_exist_and_use_these_models() -> None:
    slugs = {dashboard["slug"]: dashboard for dashboard in assets("dashboards").values()}
    assert exposures()
    for exposure in exposures():
        dashboard = slugs[exposure["url"].rstrip("/").split("/")[-1]]
        charts = [assets("charts")[meta["uuid"]] for meta in placed_charts(dashboard)]
        used = {assets("datasets")[chart["dataset_uuid"]]["table_name"] for chart in charts}
        assert {f"ref('{table}')" for table in used} == set(exposure["depends_on"])
