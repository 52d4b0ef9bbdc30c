"""The asset files by themselves."""

from collections import Counter
from urllib.parse import urlsplit

import yaml
from asset_files import ASSETS

from millrace_superset.assets import queries
from millrace_superset.bundle import ASSETS as FOLDER

GRID_COLUMNS = 12


def test_uuids_are_unique() -> None:
    uuids = Counter(yaml.safe_load(path.read_text("utf-8"))["uuid"] for path in FOLDER.glob("*/*.yaml"))
    assert [uuid for uuid, times in uuids.items() if times > 1] == []


def test_titles_are_unique() -> None:
    for kind, key in (
        (ASSETS.charts, "slice_name"),
        (ASSETS.dashboards, "dashboard_title"),
        (ASSETS.datasets, "table_name"),
    ):
        titles = Counter(asset[key] for asset in kind.values())
        assert max(titles.values()) == 1, key


def test_no_password_is_committed() -> None:
    for database in ASSETS.databases.values():
        assert urlsplit(database["sqlalchemy_uri"]).password == "XXXXXXXXXX"
        assert "password" not in database


def test_every_chart_can_be_asked_for_its_data() -> None:
    for chart in ASSETS.charts.values():
        assert all(query["metrics"] or query["columns"] for query in queries(chart)), chart["slice_name"]


def test_every_chart_and_metric_is_described() -> None:
    assert [chart["slice_name"] for chart in ASSETS.charts.values() if not chart["description"]] == []
    for dataset in ASSETS.datasets.values():
        for entry in dataset["metrics"] + dataset["columns"]:
            assert entry["description"] and entry["verbose_name"], entry


def test_rows_of_the_layout_fill_the_grid() -> None:
    for dashboard in ASSETS.dashboards.values():
        parts = {key: part for key, part in dashboard["position"].items() if isinstance(part, dict)}
        for row in (part for part in parts.values() if part["type"] == "ROW"):
            assert sum(parts[child]["meta"]["width"] for child in row["children"]) == GRID_COLUMNS
