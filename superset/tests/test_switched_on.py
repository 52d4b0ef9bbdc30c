"""Which assets are imported."""

from pathlib import Path

from millrace_superset.bundle import read_bundle
from millrace_superset.switched_on import switched_on

ROOT = Path(__file__).parents[2]


def environment(pipelines: Path) -> dict[str, str]:
    return {"MILLRACE_PIPELINES": str(pipelines), "DBT_PROJECT_DIR": str(ROOT / "dbt")}


def test_all_assets_are_switched_on_where_every_pipeline_with_models_is_there(tmp_path: Path) -> None:
    for models in (ROOT / "dbt/models").iterdir():
        (tmp_path / f"{models.name}.yml").write_text("follow: {}\n")
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


def test_what_followers_keep_is_there_where_a_pipeline_is_followed(tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text("tables: [orders]\n")
    assert "dashboards/change_data.yaml" not in switched_on(read_bundle(), environment(tmp_path))
    (tmp_path / "own.yml").write_text("tables: [orders]\nfollow:\n  port: 5002\n")
    files = switched_on(read_bundle(), environment(tmp_path))
    assert {"dashboards/change_data.yaml", "datasets/stream_progress.yaml"} <= set(files)
