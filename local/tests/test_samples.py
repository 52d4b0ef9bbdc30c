"""Sample pipelines: what switches them on, and what follows from their files."""

from pathlib import Path

import pytest

from millrace_local.pipeline_run import dags
from millrace_local.pipelines import refuse_none
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.samples import samples, switch_on
from millrace_local.settings import load_settings

OURS = "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=5432\nPOSTGRES_DB=shop_db\nPOSTGRES_USER=shop\nPOSTGRES_PASSWORD=x\n"
MAIN = "pipeline: shop\nsource: {env: POSTGRES}\ntarget: {env: CLICKHOUSE}\ndag: {id: elt}\ntables: [a]\n"
STORE = "pipeline: store\nsource: {env: STORE}\ntarget: {env: CLICKHOUSE}\ntables: [a]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a pipeline and two samples, whose sources have sample data."""
    for name in ("shop", "store"):
        (tmp_path / "postgres/init" / name).mkdir(parents=True)
    (tmp_path / "pipelines/samples").mkdir(parents=True)
    (tmp_path / ".env.example").write_text(OURS)
    (tmp_path / "pipelines/shop.yml").write_text(MAIN)
    (tmp_path / "pipelines/samples/store.yml").write_text(STORE)
    (tmp_path / "pipelines/samples/store.checks.yml").write_text("checks: []\n")
    (tmp_path / "pipelines/samples/ads.yml").write_text(STORE)
    return tmp_path


def named(root: Path, environment: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    settings = load_settings(root, environment or {})
    return [(s.pipeline, s.database, s.role) for s in samples(root, root / "pipelines", settings)]


def test_only_what_is_asked_for_is_switched_on(root: Path) -> None:
    assert named(root) == [("shop", "shop_db", "shop")]
    assert switch_on(root, root / "pipelines", "store") == ["store"]
    assert sorted(path.name for path in (root / "pipelines").glob("*.yml")) == [
        "shop.yml",
        "store.checks.yml",
        "store.yml",
    ]
    assert dags(root / "pipelines") == ["elt", "store"]


def test_a_file_that_is_there_is_its_owners(root: Path) -> None:
    (root / "pipelines/store.yml").write_text("mine")
    assert switch_on(root, root / "pipelines", "store, ads") == ["ads"]
    assert (root / "pipelines/store.yml").read_text() == "mine"


def test_a_name_that_is_no_samples_changes_nothing(root: Path) -> None:
    with pytest.raises(Problem, match="no sample pipeline stroe") as caught:
        switch_on(root, root / "pipelines", "ads,stroe")
    assert caught.value.exit_code == BAD_CONFIGURATION
    assert not (root / "pipelines/ads.yml").exists()


def test_a_sample_source_has_a_database_and_a_role_by_its_pipelines_name(root: Path) -> None:
    switch_on(root, root / "pipelines", "store")
    assert named(root) == [("shop", "shop_db", "shop"), ("store", "store_db", "store")]
    settings = load_settings(root, {"STORE_DB": "other", "POSTGRES_PORT": "6000"})
    assert (settings["STORE_HOST"], settings["STORE_PORT"], settings["STORE_DB"]) == ("127.0.0.1", "6000", "other")


def test_a_source_on_another_server_gets_no_sample_data(root: Path) -> None:
    switch_on(root, root / "pipelines", "store")
    assert named(root, {"STORE_PORT": "5433", "STORE_PASSWORD": "y"}) == [("shop", "shop_db", "shop")]


def test_a_pipeline_without_sample_data_needs_no_source_of_ours(root: Path) -> None:
    (root / "pipelines/shop.yml").unlink()
    (root / "pipelines/own.yml").write_text(STORE.replace("store", "own").replace("STORE", "OWN"))
    assert named(root, {"OWN_PORT": "5432"}) == []


def test_a_folder_without_a_pipeline_is_refused(root: Path) -> None:
    refuse_none(root / "pipelines")
    (root / "pipelines/shop.yml").rename(root / "pipelines/shop.checks.yml")
    with pytest.raises(Problem, match="no pipeline in") as caught:
        refuse_none(root / "pipelines")
    assert caught.value.exit_code == BAD_CONFIGURATION


def test_a_broken_file_is_left_to_airflow_which_names_it(root: Path) -> None:
    (root / "pipelines/shop.yml").write_text("tables: [")
    assert named(root) == []
    assert dags(root / "pipelines") == ["shop"]
