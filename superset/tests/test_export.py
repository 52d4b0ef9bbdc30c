import io
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from fake_superset import fake_superset

from millrace_superset.client import Client
from millrace_superset.export import export

URI = "clickhousedb://default:XXXXXXXXXX@127.0.0.1:8123/analytics"
COMMITTED = {
    "databases/ClickHouse.yaml": {"database_name": "ClickHouse", "sqlalchemy_uri": URI, "uuid": "d"},
    "charts/revenue.yaml": {"slice_name": "Revenue", "uuid": "c", "params": {"metric": "total_revenue"}},
    "datasets/sales.yaml": {
        "table_name": "sales",
        "uuid": "s",
        "columns": [{"column_name": "a"}, {"column_name": "b"}],
    },
    "charts/gone.yaml": {"slice_name": "Gone", "uuid": "g", "params": {}},
}
EXPORTED = {
    "metadata.yaml": {"version": "1.0.0"},
    "databases/ClickHouse.yaml": {"database_name": "ClickHouse", "sqlalchemy_uri": "other", "uuid": "d"},
    "datasets/ClickHouse/sales.yaml": {
        "table_name": "sales",
        "uuid": "s",
        "columns": [{"column_name": "new"}, {"column_name": "b"}, {"column_name": "a"}],
    },
    "charts/Revenue_12.yaml": {"slice_name": "Sales", "uuid": "c", "params": {"metric": "margin", "slice_id": 12}},
    "charts/New_chart_13.yaml": {"slice_name": "New chart, 2nd", "uuid": "n", "params": None},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "metadata.yaml").write_text("version: 1.0.0\n")
    for name, asset in COMMITTED.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(yaml.safe_dump(asset, sort_keys=False))
    return tmp_path


@pytest.fixture
def changed(folder: Path) -> list[str]:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, asset in EXPORTED.items():
            archive.writestr(f"assets_export/{name}", yaml.safe_dump(asset, sort_keys=False))
    with fake_superset({"/api/v1/assets/export/": (200, content.getvalue())}) as address:
        return export(Client(address, "admin", "right"), folder)


def read(path: Path) -> dict[str, object]:
    return yaml.safe_load(path.read_text())


def test_a_changed_chart_keeps_its_file(changed: list[str], folder: Path) -> None:
    assert read(folder / "charts/revenue.yaml") == {"slice_name": "Sales", "uuid": "c", "params": {"metric": "margin"}}


def test_a_new_chart_gets_a_file_named_after_it(changed: list[str], folder: Path) -> None:
    assert read(folder / "charts/new_chart_2nd.yaml")["uuid"] == "n"


def test_a_deleted_chart_loses_its_file(changed: list[str], folder: Path) -> None:
    assert not (folder / "charts/gone.yaml").exists()


def test_columns_keep_their_order(changed: list[str], folder: Path) -> None:
    columns = read(folder / "datasets/sales.yaml")["columns"]
    assert columns == [{"column_name": "a"}, {"column_name": "b"}, {"column_name": "new"}]


def test_the_committed_address_stays(changed: list[str], folder: Path) -> None:
    assert read(folder / "databases/ClickHouse.yaml")["sqlalchemy_uri"] == URI


def test_the_changed_files_are_told(changed: list[str]) -> None:
    assert changed == ["charts/new_chart_2nd.yaml", "charts/revenue.yaml", "datasets/sales.yaml", "charts/gone.yaml"]
