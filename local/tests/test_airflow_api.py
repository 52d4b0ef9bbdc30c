"""What is read out of Airflow's answers."""

from millrace_local.airflow_api import closing_words


def test_the_last_exception_of_a_log_is_what_a_task_ended_with() -> None:
    log = [
        {"event": "begin"},
        {"event": "first", "error_detail": [{"exc_type": "E", "exc_value": "no connection"}]},
        {"event": "second", "error_detail": [{"exc_type": "E", "exc_value": "ecommerce.yml:27: unknown key"}]},
        {"event": "end", "error_detail": []},
    ]
    assert closing_words(log) == "ecommerce.yml:27: unknown key"
    assert closing_words(log[:1]) == "its log tells no reason"
