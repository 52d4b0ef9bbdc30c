"""The DAG that looks after a stream, and each of its tasks."""

from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, AssetAlias
from airflow.sdk.exceptions import AirflowException, AirflowSkipException
from fake_follower import Says, fake_follower, status
from fake_webhook import Script, fake_webhook

from conftest import DAGS
from millrace_dags.followed_dbt_run import FollowedDbtRun
from millrace_dags.follower import Follower, FollowerUnreachable
from millrace_dags.stream_tasks import CheckLag, Due, EnsureStream, RecheckQuarantine, WatchCopy

FILE = """
pipeline: shop
source: {env: SHOP}
target: {env: CLICKHOUSE, database: raw_shop}
dag: {id: cdc_shop, schedule: "*/5 * * * *"}
follow: {port: 15002}
tables: [orders, "archive_*"]
dbt: {select: "path:models/shop"}
"""
ALIAS = AssetAlias("changes of shop")


class Before:
    """A task instance whose last run said this."""

    dag_id, run_id, task_id, map_index = "cdc_shop", "run", "task", -1

    def __init__(self, said: Any = None) -> None:
        self.said = said

    def xcom_pull(self, **_: Any) -> Any:
        return self.said


class Events(dict[AssetAlias, Any]):
    """Keeps what is told of assets."""

    def __init__(self) -> None:
        super().__init__()
        self.added: list[tuple[str, dict[str, str]]] = []
        self[ALIAS] = self

    def add(self, asset: Any, extra: dict[str, str]) -> None:
        self.added.append((asset.uri, extra))


@pytest.fixture
def shop(pipelines: Path) -> DAG:
    (pipelines / "shop.yml").write_text(FILE)
    bag = DagBag(dag_folder=DAGS)
    assert bag.import_errors == {}
    return bag.dags["cdc_shop"]


def test_a_pipeline_that_is_followed_is_looked_after_and_not_loaded(shop: DAG) -> None:
    order = ["ensure_stream", "copying", "check_lag", "recheck_quarantine", "run_dbt_transformations"]
    order += ["verify_is_due", "verify_sample"]
    assert {task.task_id: task.downstream_task_ids for task in shop.tasks} == {
        task: set(order[i + 1 : i + 2]) for i, task in enumerate(order)
    }
    assert shop.schedule == "*/5 * * * *"
    assert (shop.catchup, shop.max_active_runs) == (False, 1)
    assert shop.get_task("ensure_stream").url == "http://127.0.0.1:15002"
    assert shop.get_task("verify_sample").command == ["verify", "--pipeline", "shop", "--sample", "1"]
    assert all(task.doc_md for task in shop.tasks)


def test_what_is_skipped_on_the_way_does_not_end_the_run(shop: DAG) -> None:
    skipping = {"copying", "recheck_quarantine", "run_dbt_transformations"}
    after = {name for task in skipping for name in shop.get_task(task).downstream_task_ids}
    assert {shop.get_task(name).trigger_rule for name in after} == {"none_failed"}


def test_a_stream_in_whose_way_something_is_fails_with_its_sentence() -> None:
    refused = status(state="waiting", sentence="The role may not replicate.", hint="ALTER ROLE shop REPLICATION;")
    with fake_follower(Says([refused])) as url, pytest.raises(AirflowException, match="ALTER ROLE shop REPLICATION"):
        EnsureStream(task_id="t", url=url).execute({})


def test_a_follower_that_is_not_there_is_named() -> None:
    with pytest.raises(FollowerUnreachable, match="Is it running"):
        Follower("http://127.0.0.1:9", pauses=()).status()


def test_tables_that_are_copied_are_watched_until_they_are_followed(said: Any) -> None:
    copying = status(tables={"public.orders": {"state": "copying"}, "public.items": {"state": "following"}})
    with fake_follower(Says([copying, copying, copying, status()])) as url:
        assert EnsureStream(task_id="t", url=url).execute({}) == ["public.orders"]
        WatchCopy(task_id="t", url=url, table="public.orders").execute({})
    assert said()[-1] == "public.orders is followed."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lag_seconds": 61.0}, "A change has waited for 61 s"),
        ({"slot_bytes": 2 << 30}, "keeps 2,147.5 MB of log"),
        ({"state": "waiting", "sentence": "ClickHouse is full."}, "ClickHouse is full"),
        (
            {"tables": {"public.a": {"state": "waiting", "sentence": "It has no key.", "hint": "Add one."}}},
            "public.a: It",
        ),
    ],
)
def test_a_stream_beyond_its_limits_is_red(changed: dict[str, Any], sentence: str) -> None:
    with fake_follower(Says([status(**changed)])) as url, pytest.raises(AirflowException, match=sentence):
        CheckLag(task_id="t", url=url, database="raw", alias=ALIAS).execute({"ti": Before(), "outlet_events": Events()})


def test_tables_that_have_changed_are_told_with_the_position() -> None:
    events = Events()
    more = {"public.orders": {"inserts": 6}, "public.items": {"inserts": 4}}
    with fake_follower(Says([status(tables=more)])) as url:
        task = CheckLag(task_id="t", url=url, database="raw_shop", alias=ALIAS)
        counts = task.execute({"ti": Before({"public.orders": 6}), "outlet_events": events})
    assert counts == {"public.orders": 6, "public.items": 4}
    assert events.added == [("clickhouse://raw_shop/items", {"position": "0/1A"})]


def test_the_quarantine_is_looked_at_when_there_is_something_in_it() -> None:
    says = Says([status(quarantined=2)], {"/recheck": (200, {"closed": 1})})
    with fake_follower(says) as url:
        RecheckQuarantine(task_id="t", url=url).execute({})
        says.statuses = [status()]
        with pytest.raises(AirflowSkipException):
            RecheckQuarantine(task_id="t", url=url).execute({})
    assert says.asked == ["/recheck"]


def dbt_run(url: str, monkeypatch: pytest.MonkeyPatch, webhook: str) -> FollowedDbtRun:
    monkeypatch.setenv("WEBHOOK_URL", webhook)
    return FollowedDbtRun(task_id="dbt", url=url, pipeline="shop", poll=0.01)


def test_dbt_builds_on_one_moment_which_is_let_go_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    says = Says(answers={"/hold": (200, {"lsn": "0/2B"}), "/release": (200, {})})
    with fake_follower(says) as url, fake_webhook(Script()) as webhook:
        assert dbt_run(url, monkeypatch, webhook).execute({"ti": Before("0/19")}) == "0/2B"
    assert says.asked == ["/hold", "/release"]


def test_a_moment_is_let_go_though_dbt_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    says = Says(answers={"/hold": (200, {"lsn": "0/2B"}), "/release": (200, {})})
    script = Script(state="failed", error={"code": "dbt", "message": "A test failed.", "hint": "Look."})
    with fake_follower(says) as url, fake_webhook(script) as webhook, pytest.raises(AirflowException):
        dbt_run(url, monkeypatch, webhook).execute({"ti": Before()})
    assert says.asked == ["/hold", "/release"]


def test_dbt_rests_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script()
    with fake_follower(Says()) as url, fake_webhook(script) as webhook, pytest.raises(AirflowSkipException):
        dbt_run(url, monkeypatch, webhook).execute({"ti": Before("0/1A")})
    assert script.started == []


def test_what_is_due_now_and_then_is_skipped_in_between() -> None:
    task = Due(task_id="t", seconds=3600)
    now = task.execute({"ti": Before()})
    with pytest.raises(AirflowSkipException):
        task.execute({"ti": Before(now - 60)})
    assert task.execute({"ti": Before(now - 3700)}) >= now
