"""How many workers there are."""

from types import SimpleNamespace
from typing import Any

from airflow.executors.local_executor import LocalExecutor

from millrace_dags.runtime import HOLD_SNAPSHOT
from millrace_executor import WAITING, MillraceLocalExecutor


def workload(task_id: str) -> Any:
    return SimpleNamespace(key=("dag", task_id, "run"), ti=SimpleNamespace(task_id=task_id))


def test_a_task_that_waits_for_others_takes_none_of_their_slots(monkeypatch: Any) -> None:
    monkeypatch.setattr(LocalExecutor, "_process_workloads", lambda *_: None)
    executor = MillraceLocalExecutor(parallelism=2)
    executor._process_workloads([workload(HOLD_SNAPSHOT), workload("load_orders"), SimpleNamespace(key="a callback")])
    assert executor.parallelism == 3
    executor.change_state(workload("load_orders").key, "success")
    assert executor.parallelism == 3
    executor.change_state(workload(HOLD_SNAPSHOT).key, "success")
    assert executor.parallelism == 2


def test_the_executor_knows_such_tasks_by_their_id() -> None:
    assert WAITING == HOLD_SNAPSHOT
