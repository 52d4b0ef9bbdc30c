"""What is read out of Airflow's answers."""

from millrace_local.airflow_api import closing_words, to_begin_again


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
