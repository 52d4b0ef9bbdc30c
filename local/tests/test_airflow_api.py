"""What is read out of Airflow's answers."""

import pytest

from millrace_local.airflow_api import Airflow, closing_words, to_begin_again
from millrace_local.problem import BAD_CONFIGURATION, Problem


def test_the_last_exception_of_a_log_is_what_a_task_ended_with() -> None:
    log = [
        {"event": "begin"},
        {"event": "first", "error_detail": [{"exc_type": "E", "exc_value": "no connection"}]},
        {"event": "second", "error_detail": [{"exc_type": "E", "exc_value": "ecommerce.yml:27: unknown key"}]},
        {"event": "end", "error_detail": []},
    ]
    assert closing_words(log) == "ecommerce.yml:27: unknown key"
    assert closing_words(log[:1]) == "its log tells no reason"


def test_a_task_that_waits_begins_again_alone() -> None:
    assert to_begin_again({"load_a": "success", "dbt": "up_for_retry", "hold_snapshot": "success"}) == ["dbt"]
    assert to_begin_again({"load_a": "success", "load_b": "up_for_retry"}) == ["load_b"]
    assert to_begin_again({"load_a": "success", "load_b": "up_for_retry", "hold_snapshot": "running"}) == ["load_b"]


def test_loads_whose_snapshot_is_gone_begin_again_together() -> None:
    states = {"load_a": "success", "load_b": "up_for_retry", "hold_snapshot": "failed", "dbt": None}
    assert to_begin_again(states) == ["hold_snapshot", "load_a", "load_b"]


class Forgotten(Airflow):
    """An Airflow that has forgotten the DAG of a run, which therefore never ends."""

    def __init__(self) -> None:
        """Answers without a server."""

    def _call(self, *_: object) -> dict[str, object]:
        return {"state": "running", "task_instances": []}


def test_a_run_is_not_waited_for_when_it_cannot_end() -> None:
    def refuse() -> None:
        raise Problem("pipelines/ecommerce.yml:31: colour is unknown here", "Correct the file.", BAD_CONFIGURATION)

    with pytest.raises(Problem, match="colour"):
        Forgotten().wait_for_run("elt_pipeline", "run", 60, refuse)
