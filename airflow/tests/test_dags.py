"""The DAGs as Airflow reads them."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG

from conftest import AIRFLOW, DAGS, SERVERS

ECOMMERCE = AIRFLOW.parent / "pipelines/ecommerce.yml"
LOADS = ["load_customers", "load_products", "load_orders", "load_order_items"]
STORE = """
pipeline: store
source: {env: STORE}
target: {env: CLICKHOUSE}
dag:
  id: store
  schedule: "*/3 * * * *"
tables: [orders]
"""


def read_dags() -> DagBag:
    return DagBag(dag_folder=DAGS)


@pytest.fixture(scope="module")
def ecommerce() -> DAG:
    return read_dags().dags["elt_pipeline"]


def test_every_dag_is_read_without_an_error() -> None:
    bag = read_dags()
    assert bag.import_errors == {}
    assert {"elt_pipeline"} <= set(bag.dags)


def test_the_tables_are_loaded_side_by_side_between_the_databases_and_dbt(ecommerce: DAG) -> None:
    downstream = {task.task_id: task.downstream_task_ids for task in ecommerce.tasks}
    assert downstream == {
        "create_clickhouse_databases": {*LOADS, "hold_snapshot"},
        "hold_snapshot": {"run_dbt_transformations"},
        **{load: {"verify", "run_dbt_transformations"} for load in LOADS},
        "verify": {"run_dbt_transformations"},
        "run_dbt_transformations": set(),
    }
    assert set(ecommerce.task_group.get_child_by_label("load_data").children) == set(LOADS)


def test_the_schedule_comes_from_the_file(ecommerce: DAG) -> None:
    assert ecommerce.schedule == "@daily"
    assert ecommerce.start_date == datetime(2025, 1, 1, tzinfo=UTC)
    assert ecommerce.catchup is False
    assert ecommerce.max_active_runs == 1


def test_every_task_has_the_retries_of_the_file_an_owner_and_a_document(ecommerce: DAG) -> None:
    for task in ecommerce.tasks:
        delay = timedelta(seconds=10) if task.task_id == "hold_snapshot" else timedelta(minutes=5)
        assert (task.retries, task.retry_delay) == (2, delay)
        assert task.owner == "millrace"
        assert task.doc_md
    assert "order_items" in (ecommerce.doc_md or "")
    assert ecommerce.tags == {"millrace", "ecommerce"}


def test_a_load_runs_the_loader_for_its_table_and_this_run(ecommerce: DAG) -> None:
    task = ecommerce.get_task("load_orders")
    assert task.command == ["load", "--pipeline", "ecommerce", "--table", "orders", "--shared-snapshot", "--json"]
    assert task.names_run
    assert ecommerce.get_task("create_clickhouse_databases").command == ["init", "--pipeline", "ecommerce"]


def test_the_snapshot_of_a_run_is_held_for_its_loads_and_begins_before_them(ecommerce: DAG) -> None:
    holder = ecommerce.get_task("hold_snapshot")
    assert holder.command == ["snapshot", "--pipeline", "ecommerce"]
    assert holder.names_run
    assert holder.loads == [*LOADS, "verify"]
    assert holder.weight_rule == "absolute"
    assert holder.priority_weight > len(ecommerce.tasks)


def test_tasks_write_assets(ecommerce: DAG) -> None:
    def uris(task: str) -> list[str]:
        return [asset.uri for asset in ecommerce.get_task(task).outlets]

    assert uris("load_orders") == ["clickhouse://raw/orders"]
    assert "clickhouse://analytics/fact_sales" in uris("run_dbt_transformations")


def test_the_task_of_a_pattern_hands_it_to_the_loader_and_names_no_asset(pipelines: Path) -> None:
    (pipelines / "store.yml").write_text(STORE.replace("[orders]", '["shop.*"]'))
    task = read_dags().dags["store"].get_task("load_shop.all_d7453bca")
    assert task.command[:5] == ["load", "--pipeline", "store", "--table", "shop.*"]
    assert task.outlets == []


def test_a_table_added_to_the_file_gets_its_task(pipelines: Path) -> None:
    text = ECOMMERCE.read_text().replace("- name: order_items\n", "- name: order_items\n  - suppliers\n")
    (pipelines / "ecommerce.yml").write_text(text)
    dag = read_dags().dags["elt_pipeline"]
    assert dag.get_task("load_suppliers").downstream_task_ids == {"verify", "run_dbt_transformations"}
    assert dag.get_task("load_suppliers").upstream_task_ids == {"create_clickhouse_databases"}
    assert "load_suppliers" in dag.get_task("hold_snapshot").loads


def test_every_file_is_a_dag_and_one_without_dbt_has_no_dbt_task(pipelines: Path) -> None:
    shutil.copy(ECOMMERCE, pipelines)
    (pipelines / "store.yml").write_text(STORE)
    bag = read_dags()
    assert set(bag.dags) == {"elt_pipeline", "store"}
    assert set(bag.dags["store"].task_ids) == {"create_clickhouse_databases", "load_orders", "verify"}
    assert "--shared-snapshot" not in bag.dags["store"].get_task("load_orders").command
    assert bag.dags["store"].schedule == "*/3 * * * *"


def test_a_source_that_generates_has_a_dag_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILLRACE_PIPELINES", str(tmp_path))
    (tmp_path / "store.yml").write_text(STORE + "generate: {dag: orders, schedule: '*/5 * * * *'}\n")
    (tmp_path / "usual.yml").write_text(f"pipeline: usual\n{SERVERS}tables: [a]\ngenerate: {{}}\n")
    (tmp_path / "taken.yml").write_text(f"pipeline: taken\n{SERVERS}dag: {{id: orders}}\ntables: [a]\n")
    bag = read_dags()
    assert {"store", "orders", "usual", "usual_generate"} == set(bag.dags)
    assert (bag.dags["orders"].schedule, bag.dags["usual_generate"].schedule) == ("*/5 * * * *", "* * * * *")
    assert [task.task_id for task in bag.dags["orders"].tasks] == ["generate_order"]
    assert "taken.yml: dag id orders is taken by store.yml" in str(bag.import_errors)


def test_a_broken_file_is_an_import_error_and_leaves_the_others(pipelines: Path) -> None:
    shutil.copy(ECOMMERCE, pipelines)
    (pipelines / "store.yml").write_text(STORE.replace("*/3 * * * *", "often"))
    bag = read_dags()
    assert set(bag.dags) == {"elt_pipeline"}
    [(file, error)] = bag.import_errors.items()
    assert Path(file).name == "pipeline_problems.py"
    assert 'pipelines/store.yml:7: "often" cannot be a schedule' in error.strip().splitlines()[-1]


def test_an_unknown_runtime_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILLRACE_RUNTIME", "podman")
    [error] = read_dags().import_errors.values()
    assert "MILLRACE_RUNTIME must be one of local, docker, but is 'podman'." in error


def test_dag_files_stay_small() -> None:
    for path in DAGS.glob("*.py"):
        assert len(path.read_text().splitlines()) < 50, path
