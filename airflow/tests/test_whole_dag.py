"""The whole DAG, run by Airflow itself in this process, on SQLite."""

from collections.abc import Callable
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.utils.db import initdb
from fake_webhook import Script, fake_webhook

from conftest import DAGS


@pytest.mark.integration
def test_a_run_loads_every_table_once_and_then_runs_dbt(
    program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A test run has one task at a time, so that none could wait for the others.
    program(f'echo "$@" >> {tmp_path}/calls')
    script = Script()
    initdb()
    with fake_webhook(script) as url:
        monkeypatch.setenv("WEBHOOK_URL", url)
        run = DagBag(dag_folder=DAGS).dags["elt_pipeline"].test(mark_success_pattern="hold_snapshot")
    assert run.state == "success"
    first, *loads = (tmp_path / "calls").read_text().splitlines()
    assert first == "init --pipeline ecommerce"
    assert sorted(loads) == [
        f"load --pipeline ecommerce --table {table} --shared-snapshot --run-id {run.run_id}"
        for table in ("customers", "order_items", "orders", "products")
    ]
    assert script.started == ["ecommerce"]
