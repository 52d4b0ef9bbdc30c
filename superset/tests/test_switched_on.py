"""Which assets are imported."""

from pathlib import Path

from millrace_superset.bundle import read_bundle
from millrace_superset.switched_on import switched_on

ROOT = Path(__file__).parents[2]


def environment(pipelines: Path) -> dict[str, str]:
    return {"MILLRACE_PIPELINES": str(pipelines), "DBT_PROJECT_DIR": str(ROOT / "dbt")}


def test_all_assets_are_switched_on_where_every_pipeline_with_models_is_there(tmp_path: Path) -> None:
    for models in (ROOT / "dbt/models").iterdir():
        (tmp_path / f"{models.name}.yml").touch()
    assert switched_on(read_bundle(), environment(tmp_path)) == read_bundle()


def test_those_of_absent_pipelines_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "own.yml").touch()
    files = switched_on(read_bundle(), environment(tmp_path))
    assert [path for path in files if path.startswith(("datasets/", "dashboards/"))] == [
        "dashboards/pipeline_health.yaml",
        "datasets/loads.yaml",
    ]
    assert "charts/load_freshness.yaml" in files
    assert "charts/revenue.yaml" not in files
    assert "databases/ClickHouse.yaml" in files


def test_without_a_word_on_pipelines_nothing_is_left_out() -> None:
    assert switched_on(read_bundle(), {}) == read_bundle()
