"""Names are only names: whatever a file calls its tables, the loader is told just that, by tasks that Airflow takes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag

from conftest import AIRFLOW, DAGS
from millrace_dags import pipeline_file, pipeline_table
from millrace_dags.elt_dag import elt_dag
from millrace_dags.pipeline import ID, Pipeline
from millrace_dags.pipeline_file import read_pipeline
from millrace_dags.problems import PipelineProblems

CONTRACT = AIRFLOW.parent / "contract"
FILES = sorted((CONTRACT / "cases").glob("*.yml"))
NAMES = [
    *(
        "заказы",
        "товары",
        "客户订单明细历史归档记录表二零二五年度备",
        "order items",
        "order_items",
        "order-items",
        "Orders",
    ),
    *("orders", "data", "data.sh", "env", "a.json", "b.bash", "{{ 1 + 1 }}", "{% raw %}", "{# c #}", "{{ run_id }}"),
    *(" x", "x ", "tab\there", "line\nfeed", "\x01", "\x1f\x1e", "\x7f", "`tick`", "it's", 'say "x"', "back\\slash"),
    *("-x", "--table", "$HOME", "%s", "a/b", "..", "a|b", "🎉", "e\u0301", "é", "no", "12:30", "~", "select", "x" * 63),
]


def written(folder: Path, tables: list[Any], schema: str = "public") -> Pipeline:
    path = folder / "odd.yml"
    source = {"env": "POSTGRES", "schema": schema}
    text = {"pipeline": "odd", "source": source, "target": {"env": "CLICKHOUSE"}, "tables": tables}
    path.write_text(json.dumps(text))
    return read_pipeline(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_as_the_loader_reads_it(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# "))
    if isinstance(expected, int):
        with pytest.raises(PipelineProblems, match=rf"^cases/{path.name}:{expected}: "):
            read_pipeline(path)
        return
    tables = read_pipeline(path).tables
    found = [[t.source.schema.text, t.source.table.text, t.target, *(["pattern"] * t.is_pattern)] for t in tables]
    assert found == expected


@pytest.mark.parametrize(
    ("file", "constant", "keys"),
    [("TableReader", "TABLE", pipeline_table.KEYS), ("PipelineReader", "PIPELINE", pipeline_file.KEYS)],
)
def test_keys_are_those_that_the_loader_knows(file: str, constant: str, keys: tuple[str, ...]) -> None:
    source = (CONTRACT / f"src/main/java/millrace/contract/pipeline/{file}.java").read_text()
    listed = re.search(rf"List<String> {constant} =\s*List\.of\(([^)]*)\)", source)
    assert listed
    assert set(re.findall(r'"(\w+)"', listed[1])) == set(keys)


@pytest.mark.parametrize("runtime", ["local", "docker"])
def test_every_name_reaches_the_loader_as_it_is(pipelines: Path, monkeypatch: pytest.MonkeyPatch, runtime: str) -> None:
    monkeypatch.setenv("MILLRACE_RUNTIME", runtime)
    monkeypatch.setenv("MILLRACE_PIPELINES_SOURCE", str(pipelines))
    pipeline = written(
        pipelines, [*NAMES, *({"name": name, "schema": "shop", "target": f"2 {name}"} for name in NAMES)]
    )
    ids = [table.task_id for table in pipeline.tables]
    assert len({*ids, "load_data"}) == 2 * len(NAMES) + 1
    assert all(ID.fullmatch(task_id) for task_id in ids)
    dag = elt_dag(pipeline)
    for table in pipeline.tables:
        task = dag.get_task(table.task_id)
        task.resolve_template_files()
        task.render_template_fields({"run_id": "nightly"}, dag.get_template_env())
        assert task.command[:5] == ["load", "--pipeline", "odd", "--table", table.name]
        assert not table.name.startswith("-")
    for table in pipeline.tables[: len(NAMES)]:
        exact = '"public"."' + table.label.replace('"', '""') + '"'
        assert table.name in (table.label, exact)


def test_airflow_takes_the_dag_of_such_names(pipelines: Path) -> None:
    written(pipelines, NAMES)
    bag = DagBag(dag_folder=DAGS)
    assert bag.import_errors == {}
    assert len(bag.dags["odd"].tasks) == len(NAMES) + 3


def test_a_task_is_called_the_same_whatever_else_is_listed(pipelines: Path) -> None:
    few = {table.label: table.task_id for table in written(pipelines, NAMES[2:9]).tables}
    many = {
        table.label: table.task_id
        for table in written(pipelines, [*NAMES, "more", {"name": "a", "schema": "b"}]).tables
    }
    assert few.items() <= many.items()


def test_a_name_that_means_two_tables_is_said_with_its_schema(pipelines: Path) -> None:
    tables = written(
        pipelines,
        [
            "orders",
            {"name": "orders", "schema": "web", "target": "web_orders"},
            {"name": "b", "schema": "a"},
            {"name": "a.b", "target": "c"},
            {"name": "d", "target": "e"},
            {"name": "e", "target": "f"},
        ],
    ).tables
    assert [table.name for table in tables] == [
        '"public"."orders"',
        "web.orders",
        '"a"."b"',
        '"public"."a.b"',
        "d",
        '"public"."e"',
    ]


def test_a_table_loaded_twice_has_two_tasks(pipelines: Path) -> None:
    first, second = written(pipelines, ["orders", {"name": "orders", "target": "sales"}]).tables
    assert (first.task_id, first.name, second.name) == ("load_orders", '"public"."orders"', "sales")
    assert second.task_id != first.task_id


@pytest.mark.parametrize("name", ["a b", "-a", "{{ x }}", "a.yml", "x" * 101, "заказы"])
def test_a_file_is_named_so_that_its_name_can_be_used_everywhere(pipelines: Path, name: str) -> None:
    path = pipelines / f"{name}.yml"
    path.write_text("tables: [a]")
    with pytest.raises(PipelineProblems, match="a file may be named by letters"):
        read_pipeline(path)


def test_a_file_with_dbt_has_a_name_that_the_webhook_takes(pipelines: Path) -> None:
    path = pipelines / "Shop-2.yml"
    path.write_text("tables: [a]")
    assert read_pipeline(path).dag.id == "Shop-2"
    path.write_text("tables: [a]\ndbt: {select: a}")
    with pytest.raises(PipelineProblems, match="lower-case letters"):
        read_pipeline(path)
