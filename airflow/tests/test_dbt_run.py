"""The task that runs dbt, against a webhook over HTTP."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from threading import Timer
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from fake_webhook import Script, fake_webhook, node

from millrace_dags.dbt_run import DbtRun
from millrace_dags.webhook import Webhook, WebhookUnreachable

Said = Callable[[], list[str]]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """What the webhook of the environment does."""
    script = Script()
    with fake_webhook(script) as url:
        monkeypatch.setenv("WEBHOOK_URL", url)
        yield script


def run(patience: float = 5) -> None:
    DbtRun(task_id="dbt", pipeline="shop", patience=patience, poll=0.005).execute({})


def test_the_log_of_dbt_and_a_summary_are_in_the_log(script: Script, said: Said) -> None:
    script.nodes = [node("stg_orders"), node("fact_sales"), node("not_null_x", "pass", "test")]
    run()
    assert script.started == ["shop"]
    assert said() == [
        "Following dbt run ours",
        "Running with dbt=1.11",
        "1 of 1 OK fact_sales ✓",
        "stg_orders  success     0.10 s",
        "fact_sales  success     0.10 s",
        "dbt success in 0.5 s: 3 pass",
    ]


def test_no_line_is_lost_or_shown_twice(script: Script, said: Said) -> None:
    script.pieces = [f"line {n} €\n" for n in range(50)]
    run()
    assert said()[1:51] == [f"line {n} €" for n in range(50)]


def test_a_failure_names_what_failed(script: Script) -> None:
    script.state = "failed"
    script.nodes = [
        node("fact_sales", "error", message="Code: 47.\n  Unknown column"),
        node("totals_reconcile", "fail", "test", "Got 3 results"),
        node("agg_sales_by_state", "skipped"),
        node("stg_orders"),
    ]
    failures = r"model fact_sales \(Code: 47. Unknown column\); test totals_reconcile \(Got 3 results\)$"
    with pytest.raises(AirflowException, match=r"^dbt failed: " + failures):
        run()


def test_a_failure_before_any_model_has_the_webhooks_sentence(script: Script) -> None:
    script.state = "failed"
    script.nodes = []
    script.error = {"code": "dbt", "message": "dbt could not read the project.", "hint": "Look at its log."}
    with pytest.raises(AirflowException, match=r"^dbt failed: dbt could not read the project. Look at its log.$"):
        run()


def test_its_turn_is_waited_for(script: Script, said: Said) -> None:
    script.queued_looks = 3
    run()
    assert said()[:2] == ["Following dbt run ours", "Waiting for other runs of dbt to end: number 1 in the queue"]
    assert script.started == ["shop"]


def test_its_turn_is_not_waited_for_without_end(script: Script) -> None:
    script.queued_looks = 1000
    with pytest.raises(AirflowException, match="Other runs of dbt have not ended within 0 s"):
        run(patience=0.2)
    assert script.cancelled == ["ours"]


def test_a_full_queue_is_asked_again(script: Script) -> None:
    script.full_looks = 2
    run()
    assert script.started == ["shop"]


TASK = SimpleNamespace(dag_id="elt_pipeline", run_id="manual__1", task_id="dbt", map_index=-1)


def test_a_run_that_an_earlier_try_left_going_is_followed(script: Script, said: Said) -> None:
    script.earlier = ["running"]
    DbtRun(task_id="dbt", pipeline="shop", poll=0.005).execute({"ti": TASK})
    assert script.started == []
    assert said()[:2] == ["An earlier try of this task has begun it", "Following dbt run ours"]


def test_a_run_that_an_earlier_try_saw_end_is_not_taken_for_this_one(script: Script) -> None:
    script.earlier = ["failed", "success"]
    DbtRun(task_id="dbt", pipeline="shop", poll=0.005).execute({"ti": TASK})
    assert script.started == ["shop"]
    assert len(set(script.keys)) == 3


def test_a_refusal_is_final(script: Script) -> None:
    script.refusals = [(404, "There is no pipeline shop.")]
    with pytest.raises(AirflowFailException, match="answered 404: There is no pipeline shop. Look there."):
        run()


def test_a_webhook_that_is_not_ready_is_asked_again(script: Script) -> None:
    script.refusals = [(503, "Not yet.")]
    run()
    assert script.started == ["shop"]


def test_a_webhook_that_restarts_is_waited_for() -> None:
    port = free_port()
    webhook = Webhook(f"http://127.0.0.1:{port}", pauses=(0.1,) * 50)
    script = Script()
    with fake_webhook(script, port):
        started = webhook.start("shop")
    later = fake_webhook(script, port)
    Timer(0.3, later.__enter__).start()
    try:
        assert webhook.log(started.run_id, 0).text == "Running with dbt=1.11\n"
    finally:
        later.__exit__(None, None, None)


def test_a_webhook_that_is_down_is_told_in_a_sentence() -> None:
    port = free_port()
    with pytest.raises(WebhookUnreachable, match=rf"webhook at http://127.0.0.1:{port} can't be reached: .*running\?$"):
        Webhook(f"http://127.0.0.1:{port}/", pauses=(0.01, 0.01)).start("shop")


def test_the_environment_must_name_the_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOK_URL", raising=False)
    with pytest.raises(AirflowFailException, match="WEBHOOK_URL must name"):
        run()


def test_ending_the_task_cancels_the_run_and_fails(script: Script) -> None:
    script.pieces = ["line\n"] * 100000
    task = DbtRun(task_id="dbt", pipeline="shop", poll=0.02)
    before = signal.signal(signal.SIGTERM, lambda *_: task.on_kill())
    try:
        Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        with pytest.raises(AirflowException, match="ended from outside"):
            task.execute({})
        assert script.cancelled == ["ours"]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_task_out_of_time_cancels_its_run(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    class OutOfTime(BaseException):
        pass

    def pause(_: DbtRun, seconds: float | None = None) -> None:
        raise OutOfTime

    monkeypatch.setattr(DbtRun, "pause", pause)
    with pytest.raises(OutOfTime):
        run()
    assert script.cancelled == ["ours"]


def test_a_run_that_ended_by_itself_is_not_cancelled(script: Script) -> None:
    script.state = "failed"
    with pytest.raises(AirflowException):
        run()
    assert script.cancelled == []


@pytest.mark.parametrize(
    ("state", "code", "kind"),
    [("cancelled", "cancelled", AirflowFailException), ("failed", "timed_out", AirflowException)],
)
def test_a_run_that_was_ended_says_who_ended_it(script: Script, state: str, code: str, kind: type) -> None:
    """A run that somebody cancelled is not tried again."""
    script.state = state
    script.nodes = [node("fact_sales", "error", message="interrupted")]
    script.error = {"code": code, "message": "It was ended.", "hint": "Ask who."}
    with pytest.raises(AirflowException, match=r"^dbt failed: It was ended. Ask who.$") as caught:
        run()
    assert isinstance(caught.value, AirflowFailException) == (kind is AirflowFailException)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
