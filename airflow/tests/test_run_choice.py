"""What the trigger form lets people choose, and what becomes of it."""

from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import (
    AirflowFailException,
    AirflowSkipException,
    DownstreamTasksSkipped,
    ParamValidationError,
)
from fake_webhook import Script, fake_webhook
from test_loader_process import Program, Said

from conftest import SERVERS
from millrace_contract.folder import read_pipeline
from millrace_contract.pipeline import Pipeline
from millrace_dags.chosen_dbt_run import ChosenDbtRun
from millrace_dags.loaded_table import loaded_tables
from millrace_dags.run_choice import RunChoice, form
from millrace_dags.run_process import RunBeginProcess, TableComparisonProcess, TableLoadProcess

ADS = """
pipeline: ads
source: {env: ADS}
target: {env: CLICKHOUSE}
tables: [campaign, {name: clicks, mode: incremental, cursor: id}]
dbt: {select: "path:models/ads"}
"""
REPORT = """printf '%s\\n' "$@" >&2; echo '{"run_id":"nightly","tables":[{"rows":3,"table_rows":9,"mode":"full"}]}'"""


@pytest.fixture
def ads(tmp_path: Path) -> Pipeline:
    (tmp_path / "ads.yml").write_text(ADS)
    return read_pipeline(tmp_path / "ads.yml")


def test_the_form_has_the_tables_of_the_file_and_refuses_others(ads: Pipeline) -> None:
    fields = form(ads)
    assert list(fields) == ["tables", "full_refresh", "from", "to", "verify", "dbt"]
    assert fields["tables"].resolve(["clicks"]) == ["clicks"]
    for field, wrong in [
        ("tables", ["nowhere"]),
        ("tables", ["clicks", "clicks"]),
        ("tables", "clicks"),
        ("full_refresh", "yes"),
        ("from", 5),
        ("dbt", "some"),
        ("verify", None),
    ]:
        with pytest.raises(ParamValidationError):
            fields[field].resolve(wrong)


def test_a_pipeline_without_dbt_does_not_ask_for_it(tmp_path: Path) -> None:
    (tmp_path / "shop.yml").write_text(f"pipeline: shop\n{SERVERS}tables: [a]\n")
    assert "dbt" not in form(read_pipeline(tmp_path / "shop.yml"))


def begin(ads: Pipeline, **params: Any) -> list[str]:
    """What a run with this choice goes without."""
    task = RunBeginProcess(task_id="begin", command=["init"], tables=loaded_tables(ads))
    with pytest.raises(DownstreamTasksSkipped) as left_out:
        task.execute({"params": params})
    return left_out.value.tasks


def test_what_is_not_chosen_is_left_out_of_the_run(ads: Pipeline, program: Program) -> None:
    program("exit 0")
    assert begin(ads) == ["verify"]
    assert begin(ads, tables=[], dbt="none") == ["verify", "run_dbt_transformations"]
    assert begin(ads, tables=["clicks"], dbt="changed") == ["load_campaign", "verify"]
    RunBeginProcess(task_id="begin", command=["init"], tables=loaded_tables(ads)).execute({"params": {"verify": True}})


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"from": "5"}, "belong together"),
        ({"to": "5", "from": " "}, "belong together"),
        ({"from": "1", "to": "5", "full_refresh": True}, "choose one"),
        ({"from": "1", "to": "5", "tables": ["campaign"]}, "none of those chosen"),
    ],
)
def test_what_contradicts_itself_is_told_before_anything_is_done(
    ads: Pipeline, program: Program, tmp_path: Path, params: dict[str, Any], words: str
) -> None:
    program(f"touch {tmp_path}/begun")
    with pytest.raises(AirflowFailException, match=words):
        RunBeginProcess(task_id="begin", command=["init"], tables=loaded_tables(ads)).execute({"params": params})
    assert not (tmp_path / "begun").exists()


class Events(dict[Any, Any]):
    """The events of a task's assets."""

    def __missing__(self, asset: Any) -> Any:
        self[asset] = type("Event", (), {"extra": {}})()
        return self[asset]


def load(said: Said, is_incremental: bool, **params: Any) -> list[str]:
    task = TableLoadProcess(task_id="load", command=["load"], is_incremental=is_incremental)
    task.execute({"params": params, "outlet_events": Events()})
    return said()[1:-1]


def test_incremental_tables_are_loaded_as_chosen_and_others_whole(program: Program, said: Said) -> None:
    program(REPORT)
    assert load(said, True) == ["load", "--json"]
    assert load(said, True, full_refresh=True)[-1] == "--full-refresh"
    assert load(said, True, **{"from": "-5", "to": "2026-01-01 --x"})[-2:] == ["--from=-5", "--to=2026-01-01 --x"]
    assert load(said, False, full_refresh=True)[-1] == "--json"


def test_the_event_of_a_table_tells_how_it_was_loaded(program: Program) -> None:
    program(REPORT)
    task, events = TableLoadProcess(task_id="load", command=["load"], outlets=[asset()]), Events()
    report = task.execute({"params": {}, "outlet_events": events})
    assert events[asset()].extra == {"rows": 3, "table_rows": 9, "mode": "full", "run_id": "nightly"}
    assert report["tables"][0]["rows"] == 3


def asset() -> Any:
    from millrace_dags.assets import clickhouse_table

    return clickhouse_table("raw", "orders")


def test_only_what_was_chosen_is_compared(program: Program, said: Said) -> None:
    program(REPORT)
    task = TableComparisonProcess(task_id="verify", command=["verify"])
    task.execute({"params": {"tables": ["campaign", "clicks"]}})
    assert said()[1:-1] == ["verify", "--table", "campaign", "--table", "clicks"]


class Reports:
    """A task instance that knows what the loads of its run have said."""

    dag_id, run_id, task_id, map_index = "ads", "nightly", "run_dbt_transformations", -1

    def __init__(self, **rows: int) -> None:
        self._rows = rows

    def xcom_pull(self, task_ids: str) -> Any:
        name = task_ids.removeprefix("load_")
        return {"tables": [{"rows": self._rows[name]}]} if name in self._rows else None


def dbt(ads: Pipeline, monkeypatch: pytest.MonkeyPatch, reports: Reports, **params: Any) -> Any:
    script = Script()
    with fake_webhook(script) as url:
        monkeypatch.setenv("WEBHOOK_URL", url)
        task = ChosenDbtRun(task_id="dbt", pipeline="ads", tables=loaded_tables(ads), poll=0.01)
        task.execute({"params": params, "ti": reports})
    return script.options


def test_dbt_builds_as_much_as_was_chosen(ads: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = Reports(campaign=2, clicks=0)
    assert dbt(ads, monkeypatch, reports) == [{}]
    assert dbt(ads, monkeypatch, reports, full_refresh=True) == [{"full_refresh": True}]
    assert dbt(ads, monkeypatch, reports, dbt="changed") == [{"select": ["source:*.campaign+"]}]
    with pytest.raises(AirflowSkipException, match="No rows came"):
        dbt(ads, monkeypatch, reports, dbt="changed", tables=["clicks"])


def test_a_choice_of_nothing_is_what_the_schedule_does() -> None:
    assert RunChoice.of({}) == RunChoice()
