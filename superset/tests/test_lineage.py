"""Dashboard -> chart -> dataset -> dbt model, column by column, without a server."""

from collections.abc import Mapping

import pytest
from asset_files import ASSETS, models, tables

from millrace_superset.assets import Asset, filters, names, placed_charts, queries, table_of
from millrace_superset.lineage import columns_in, missing


def titled(assets: Mapping[str, Asset], key: str) -> list[pytest.param]:
    return [pytest.param(asset, id=asset[key]) for asset in assets.values()]


dashboards = pytest.mark.parametrize("dashboard", titled(ASSETS.dashboards, "dashboard_title"))
charts = pytest.mark.parametrize("chart", titled(ASSETS.charts, "slice_name"))
datasets = pytest.mark.parametrize("dataset", titled(ASSETS.datasets, "table_name"))


@dashboards
def test_a_dashboard_places_only_charts_that_exist(dashboard: Asset) -> None:
    placed = {meta["uuid"]: meta["sliceName"] for meta in placed_charts(dashboard)}
    assert placed == {uuid: ASSETS.charts[uuid]["slice_name"] for uuid in placed if uuid in ASSETS.charts}


@charts
def test_a_chart_is_on_a_dashboard(chart: Asset) -> None:
    placed = {meta["uuid"] for dashboard in ASSETS.dashboards.values() for meta in placed_charts(dashboard)}
    assert chart["uuid"] in placed


@charts
def test_a_chart_asks_for_what_its_dataset_has(chart: Asset) -> None:
    dataset = ASSETS.datasets[chart["dataset_uuid"]]
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
    assert dataset["database_uuid"] in ASSETS.databases


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
                assert target["column"]["name"] in names(ASSETS.datasets[target["datasetUuid"]], "columns")


@dashboards
def test_every_chart_that_is_not_excluded_can_be_filtered(dashboard: Asset) -> None:
    for native_filter in filters(dashboard):
        excluded = native_filter["scope"]["excluded"]
        for meta in placed_charts(dashboard):
            if meta["chartId"] in excluded:
                continue
            chart = ASSETS.charts[meta["uuid"]]
            columns = names(ASSETS.datasets[chart["dataset_uuid"]], "columns")
            if native_filter["filterType"] == "filter_time":
                operators = [condition["op"] for query in queries(chart) for condition in query["filters"]]
                assert "TEMPORAL_RANGE" in operators, chart["slice_name"]
            else:
                assert native_filter["targets"][0]["column"]["name"] in columns, chart["slice_name"]


def test_no_chart_stands_on_a_column_that_is_gone() -> None:
    assert [str(use) for use in missing(ASSETS, models())] == []
