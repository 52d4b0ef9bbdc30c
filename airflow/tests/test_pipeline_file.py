"""What is taken from a pipeline file, and what is said of a wrong one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from millrace_dags.pipeline import DagSettings
from millrace_dags.pipeline_file import read_pipeline
from millrace_dags.pipeline_folder import read_folder
from millrace_dags.problems import PipelineProblems

WRONG = """
dag:
  id: "a b"
  schedule: "61 * * * *"
  start_date: yesterday
  retrys: 3
  retries: -1
tables:
  - name: "order details"
  - {name: other, target: order details}
  - target: nameless
"""


def written(folder: Path, text: str, name: str = "store.yml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(PipelineProblems) as caught:
        read_pipeline(path)
    return str(caught.value).splitlines()


def test_all_that_a_dag_needs_is_read(pipelines: Path) -> None:
    text = """
description: A shop
dag: {id: shop, schedule: "0 4 * * *", start_date: 2026-02-03, retries: 0, retry_delay_minutes: 1}
target: {database: lake}
tables: [customers, {name: orders, target: sales}]
dbt: {select: tag:shop}
"""
    pipeline = read_pipeline(written(pipelines, text))
    start = datetime(2026, 2, 3, tzinfo=UTC)
    assert pipeline.dag == DagSettings("shop", "0 4 * * *", start, 0, timedelta(minutes=1))
    assert (pipeline.name, pipeline.description, pipeline.database) == ("store", "A shop", "lake")
    assert [(table.name, table.target) for table in pipeline.tables] == [
        ("customers", "customers"),
        ("orders", "sales"),
    ]
    assert pipeline.runs_dbt


def test_a_pattern_is_a_task_of_its_own(pipelines: Path) -> None:
    text = """tables: ["shop.*", {name: "*", schema: web}, "order_?", '"what?"', {name: visits, schema: web}]"""
    tables = read_pipeline(written(pipelines, text)).tables
    assert [(table.task_id, table.name, table.target, table.is_pattern) for table in tables] == [
        ("load_shop.all_d7453bca", "shop.*", "{table}", True),
        ("load_web.all_5e7c6f19", "web.*", "{table}", True),
        ("load_order___53932aaf", "order_?", "{table}", True),
        ("load__what___f07c76fd", '"what?"', "what?", False),
        ("load_web.visits", "web.visits", "visits", False),
    ]


def test_a_file_that_only_lists_tables_has_defaults(pipelines: Path) -> None:
    pipeline = read_pipeline(written(pipelines, "tables: [orders]"))
    assert pipeline.dag == DagSettings("store")
    assert pipeline.database == "raw"
    assert not pipeline.runs_dbt


def test_all_problems_are_told_at_once_with_their_lines(pipelines: Path) -> None:
    found = problems(written(pipelines, WRONG))
    assert [sentence.split(": ")[0] for sentence in found] == [
        "pipelines/store.yml:3",
        "pipelines/store.yml:4",
        "pipelines/store.yml:5",
        "pipelines/store.yml:6",
        "pipelines/store.yml:7",
        "pipelines/store.yml:10",
        "pipelines/store.yml:11",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "pipelines/store.yml:1: a pipeline file must be a mapping with `tables`."),
        ("- orders", "pipelines/store.yml:1: a pipeline file must be a mapping with `tables`."),
        ("dag:\n  id: x\n", "pipelines/store.yml:1: tables is missing: it must be a list."),
        ("tables: []", "pipelines/store.yml:1: tables is missing: it must be a list."),
        ("tables: orders", "pipelines/store.yml:1: tables must be a list, but is 'orders'."),
        ("tables: [a]\ndag: daily", "pipelines/store.yml:2: dag must be a mapping, but is 'daily'."),
        ("tables: [a]\ndag:\n  retrys: 3", "pipelines/store.yml:3: retrys is unknown here: did you mean retries?"),
        ("tables: [a]\ndag:\n  retries: true", "pipelines/store.yml:3: retries must be a whole number, but is True."),
        ("tables: [a\ndag: {}", "pipelines/store.yml:2: no YAML:"),
        ("tables:\n\t- a", "pipelines/store.yml:2: no YAML:"),
    ],
)
def test_each_problem_has_its_sentence(pipelines: Path, text: str, sentence: str) -> None:
    [found] = problems(written(pipelines, text))
    assert found.startswith(sentence)


@pytest.mark.parametrize("bomb", ["aliases", "brackets", "braces", "dashes"])
def test_a_bomb_is_an_import_error_of_its_file_alone(pipelines: Path, bomb: str) -> None:
    text = (Path(__file__).parents[2] / "e2e/bombs" / f"{bomb}.yml").read_text()
    written(pipelines, text, "bomb.yml")
    written(pipelines, "tables: [a]")
    folder = read_folder()
    assert [pipeline.name for pipeline in folder.pipelines] == ["store"]
    [told] = folder.problems
    assert "bomb.yml:" in told
    assert "nested more than 50 deep" in told or "more than 50 aliases" in told


def test_a_huge_file_is_not_read(pipelines: Path) -> None:
    [told] = problems(written(pipelines, "#" * (2 << 20)))
    assert "has more than 1048576 bytes" in told


def test_no_more_problems_are_told_than_anybody_reads(pipelines: Path) -> None:
    text = "tables: [a]\n" + "".join(f"odd{n}: 1\n" for n in range(20000))
    assert len(problems(written(pipelines, text))) < 60


def test_a_dag_id_belongs_to_one_file(pipelines: Path) -> None:
    written(pipelines, "tables: [orders]\ndag: {id: x}", "a.yml")
    written(pipelines, "tables: [orders]\ndag: {id: x}", "b.yml")
    folder = read_folder()
    assert [pipeline.name for pipeline in folder.pipelines] == ["a"]
    assert folder.problems == ("pipelines/b.yml: dag id x is taken by a.yml.",)


def test_a_missing_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILLRACE_PIPELINES", "/nowhere")
    with pytest.raises(PipelineProblems, match="MILLRACE_PIPELINES must name .* but is '/nowhere'"):
        read_folder()
