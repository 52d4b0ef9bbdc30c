"""What stands on a column: named before it is dropped, renamed or computed otherwise."""

import shutil
from pathlib import Path

import pytest
import yaml
from asset_files import ASSETS, PROJECT, models

from millrace_superset.__main__ import main
from millrace_superset.exposures import write_exposures
from millrace_superset.lineage import Use, column_in, columns_in, uses
from millrace_superset.models import read_models
from millrace_superset.problem import Problem


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of dbt's project."""
    shutil.copytree(PROJECT, tmp_path / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    monkeypatch.setenv("DBT_PROJECT_DIR", str(tmp_path / "dbt"))
    return tmp_path / "dbt"


def drop(project: Path, file: str, column: str) -> None:
    path = project / "models" / file
    document = yaml.safe_load(path.read_text())
    for model in document["models"]:
        model["columns"] = [entry for entry in model["columns"] if entry["name"] != column]
    path.write_text(yaml.safe_dump(document))


def test_a_dropped_column_is_told_with_each_chart_and_filter_that_it_breaks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["uses", "analytics_ads.daily_impressions_clicks"]) == 0
    for file in (project / "models/ads").rglob("*.yml"):
        if "daily_impressions_clicks" in file.read_text() and file.name != "exposures.yml":
            drop(project, str(file.relative_to(project / "models")), "clicks")
    capsys.readouterr()
    assert main(["uses", "analytics_ads.daily_impressions_clicks.clicks"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if not line.endswith(": MISSING")] == []
    table = "analytics_ads.daily_impressions_clicks"
    assert f"{table}.clicks <- Ads performance / Daily impressions and clicks: MISSING" in told
    assert main(["uses", f"{table}.impressions"]) == 0


def test_a_model_that_is_gone_breaks_the_charts_that_only_count_its_rows(project: Path) -> None:
    for file in (project / "models/store").rglob("*.yml"):
        file.unlink()
    (project / "models/store/exposures.yml").write_text("")
    assert main(["uses", "analytics_store.fact_orders"]) == 0, (
        "of a database that no model is built in nothing is known"
    )
    (project / "models/store/other.yml").write_text("models: [{name: other}]")
    assert main(["uses", "analytics_store.fact_orders"]) == 1


def test_filters_of_a_dashboard_stand_on_columns_too() -> None:
    found = {use for use in uses(ASSETS) if use.chart.startswith("filter ")}
    assert {use.dashboard for use in found} == {asset["dashboard_title"] for asset in ASSETS.dashboards.values()}
    assert Use("millrace.loads", "pipeline", "Pipeline health", "filter Pipeline") in found


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        ("countIf(outcome = 'done') / nullIf(count(), 0)", {"outcome"}),
        ("dateDiff('second', max(ordered_at), now64(3))", {"ordered_at"}),
        ("quantileExact(0.5)(seconds)", {"seconds"}),
        ("sum(if(a > 1 and `b c` is not null, d, 0))", {"a", "b c", "d"}),
    ],
)
def test_expressions_name_their_columns(expression: str, columns: set[str]) -> None:
    assert columns_in(expression) == columns
    assert column_in({"expressionType": "SQL", "sqlExpression": expression}) == columns


def test_a_simple_metric_names_its_column() -> None:
    assert column_in({"expressionType": "SIMPLE", "column": {"column_name": "price"}, "aggregate": "SUM"}) == {"price"}


def test_exposures_are_those_of_the_dashboards(project: Path) -> None:
    assert write_exposures(ASSETS, models(), project) == [], "python -m millrace_superset exposures"
    (project / "models/store/exposures.yml").unlink()
    (project / "models/exposures.yml").write_text("exposures: []")
    assert write_exposures(ASSETS, models(), project) == ["exposures.yml", "store/exposures.yml"]
    made = yaml.safe_load((project / "models/store/exposures.yml").read_text())["exposures"]
    assert [exposure["depends_on"] for exposure in made] == [["ref('store_freshness')", "ref('fact_orders')"]]
    assert not (project / "models/exposures.yml").exists()


def test_a_folder_without_a_project_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no dbt project"):
        read_models(tmp_path)
