"""Names are only names: whatever a file calls its tables, the loader is told just that, by tasks that Airflow takes."""

import json
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag

from conftest import DAGS
from millrace_contract.dag_reader import ID
from millrace_contract.folder import read_pipeline
from millrace_contract.pipeline import Pipeline
from millrace_dags.elt_dag import elt_dag
from millrace_dags.loaded_table import loaded_tables

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


@pytest.mark.parametrize("runtime", ["local", "docker"])
def test_every_name_reaches_the_loader_as_it_is(pipelines: Path, monkeypatch: pytest.MonkeyPatch, runtime: str) -> None:
    monkeypatch.setenv("MILLRACE_RUNTIME", runtime)
    monkeypatch.setenv("MILLRACE_PIPELINES_SOURCE", str(pipelines))
    pipeline = written(
        pipelines, [*NAMES, *({"name": name, "schema": "shop", "target": f"2 {name}"} for name in NAMES)]
    )
    ids = [table.task_id for table in loaded_tables(pipeline)]
    assert len({*ids, "load_data"}) == 2 * len(NAMES) + 1
    assert all(ID.fullmatch(task_id) for task_id in ids)
    dag = elt_dag(pipeline)
    for table in loaded_tables(pipeline):
        task = dag.get_task(table.task_id)
        task.resolve_template_files()
        task.render_template_fields({"run_id": "nightly"}, dag.get_template_env())
        assert task.command[:5] == ["load", "--pipeline", "odd", "--table", table.name]
        assert not table.name.startswith("-")
    for table in loaded_tables(pipeline)[: len(NAMES)]:
        exact = '"public"."' + table.label.replace('"', '""') + '"'
        assert table.name in (table.label, exact)


def test_airflow_takes_the_dag_of_such_names(pipelines: Path) -> None:
    written(pipelines, NAMES)
    bag = DagBag(dag_folder=DAGS)
    assert bag.import_errors == {}
    assert len(bag.dags["odd"].tasks) == len(NAMES) + 3


def test_a_task_is_called_the_same_whatever_else_is_listed(pipelines: Path) -> None:
    few = {table.label: table.task_id for table in loaded_tables(written(pipelines, NAMES[2:9]))}
    many = {
        table.label: table.task_id
        for table in loaded_tables(written(pipelines, [*NAMES, "more", {"name": "a", "schema": "b"}]))
    }
    assert few.items() <= many.items()


def test_a_name_that_means_two_tables_is_said_with_its_schema(pipelines: Path) -> None:
    tables = loaded_tables(
        written(
            pipelines,
            [
                "orders",
                {"name": "orders", "schema": "web", "target": "web_orders"},
                {"name": "b", "schema": "a"},
                {"name": "a.b", "target": "c"},
                {"name": "d", "target": "e"},
                {"name": "e", "target": "f"},
            ],
        )
    )
    assert [table.name for table in tables] == [
        '"public"."orders"',
        "web.orders",
        '"a"."b"',
        '"public"."a.b"',
        "d",
        '"public"."e"',
    ]


def test_a_table_loaded_twice_has_two_tasks(pipelines: Path) -> None:
    first, second = loaded_tables(written(pipelines, ["orders", {"name": "orders", "target": "sales"}]))
    assert (first.task_id, first.name, second.name) == ("load_orders", '"public"."orders"', "sales")
    assert second.task_id != first.task_id


def test_a_pattern_is_a_task_of_its_own(pipelines: Path) -> None:
    tables = loaded_tables(
        written(
            pipelines,
            ["shop.*", {"name": "*", "schema": "web"}, "order_?", '"what?"', {"name": "visits", "schema": "web"}],
        )
    )
    assert [(table.task_id, table.name, table.target, table.is_pattern) for table in tables] == [
        ("load_shop.all_d7453bca", "shop.*", "{table}", True),
        ("load_web.all_5e7c6f19", "web.*", "{table}", True),
        ("load_order___53932aaf", "order_?", "{table}", True),
        ("load__what___f07c76fd", '"what?"', "what?", False),
        ("load_web.visits", "web.visits", "visits", False),
    ]
