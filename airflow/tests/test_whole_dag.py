"""The whole DAG, run by Airflow itself in this process, on SQLite."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.utils.db import initdb
from fake_webhook import Script, fake_webhook

from conftest import DAGS

WholeRun = Callable[..., tuple[Any, list[str], Script]]


@pytest.fixture
def whole_run(program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> WholeRun:
    """Runs the DAG with this choice: the run, what the loader was called with, and what the webhook heard."""

    def run(**conf: Any) -> tuple[Any, list[str], Script]:
        # A test run has one task at a time, so that none could wait for the others.
        program(
            f'echo "$@" >> {tmp_path}/calls; [ $1 = load ] && '
            """echo '{"run_id":"r","tables":[{"table":"t","rows":5,"table_rows":9}]}'; exit 0"""
        )
        script = Script()
        initdb()
        with fake_webhook(script) as url:
            monkeypatch.setenv("WEBHOOK_URL", url)
            dag = DagBag(dag_folder=DAGS).dags["elt_pipeline"]
            done = dag.test(mark_success_pattern="hold_snapshot", run_conf=conf)
        return done, (tmp_path / "calls").read_text().splitlines(), script

    return run


@pytest.mark.integration
def test_a_run_loads_every_table_once_and_then_runs_dbt(
    whole_run: WholeRun,
) -> None:
    run, (first, *loads), script = whole_run()
    assert run.state == "success"
    assert first == "init --pipeline ecommerce"
    assert sorted(loads) == [
        f"load --pipeline ecommerce --table {table} --shared-snapshot --json --run-id {run.run_id}"
        for table in ("customers", "order_items", "orders", "products")
    ]
    assert script.started == ["ecommerce"]
    assert script.options == [{}]


@pytest.mark.integration
def test_a_run_does_what_was_chosen(whole_run: WholeRun) -> None:
    run, calls, script = whole_run(tables=["orders"], verify=True, dbt="changed", full_refresh=True)
    assert run.state == "success"
    _, load, verify = calls
    assert load.endswith(f"--table orders --shared-snapshot --json --run-id {run.run_id}")
    assert verify == f"verify --pipeline ecommerce --shared-snapshot --table orders --run-id {run.run_id}"
    assert script.options == [{"full_refresh": True, "select": ["source:*.orders+"]}]
