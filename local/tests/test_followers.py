"""The processes that follow sources: what follows from the pipelines' files, and how long a start waits for them."""

import configparser
from pathlib import Path
from typing import Any

import pytest

from millrace_local import followers as module
from millrace_local.followers import Follower, are_followed, await_copies, followers, program, refuse_ports
from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.services import services, stop_order

SERVERS = "pipeline: shop\nsource: {env: SHOP}\ntarget: {env: CLICKHOUSE}\ntables: [orders]\n"
FOLLOWED = SERVERS + "follow: {port: 15002}\n"
SETTINGS = {"WEBHOOK_PORT": "15001"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a pipeline that is followed and one that is loaded."""
    (tmp_path / "shop.yml").write_text(FOLLOWED)
    (tmp_path / "other.yml").write_text(SERVERS.replace("shop", "other"))
    return tmp_path


def test_a_pipeline_with_follow_has_a_process_of_its_own(folder: Path) -> None:
    assert followers(folder) == [Follower("shop", "SHOP", "CLICKHOUSE", 15002)]
    known = services(folder)
    assert known["follow-shop"].listens_on(SETTINGS) == "15002"
    assert "follow-other" not in known


def test_without_a_word_on_the_port_it_is_the_usual_one(folder: Path) -> None:
    (folder / "shop.yml").write_text(SERVERS + "follow: {}\n")
    assert [follower.port for follower in followers(folder)] == [5002]


def test_followers_stop_before_the_servers_that_they_need() -> None:
    order = stop_order(["postgres", "follow-shop", "clickhouse", "airflow-scheduler"])
    assert order == ["airflow-scheduler", "follow-shop", "clickhouse", "postgres"]


def test_a_port_that_is_anothers_is_refused_by_both_names(folder: Path) -> None:
    with pytest.raises(
        Problem, match=r"port 15002 is given twice: by WEBHOOK_PORT and by follow.port of shop.yml"
    ) as caught:
        refuse_ports(followers(folder), [], {"WEBHOOK_PORT": "15002"})
    assert caught.value.exit_code == BAD_CONFIGURATION
    (folder / "second.yml").write_text(FOLLOWED.replace("pipeline: shop", "pipeline: second"))
    with pytest.raises(Problem, match="follow.port of second.yml and by follow.port of shop.yml"):
        refuse_ports(followers(folder), ["follow-second", "follow-shop"], SETTINGS)


def test_a_follower_of_the_product_has_a_port_that_others_know() -> None:
    with pytest.raises(Problem, match="follow.port of shop.yml is 0"):
        refuse_ports([Follower("shop", "SHOP", "CLICKHOUSE", 0)], [], SETTINGS)


def test_supervisord_reads_what_is_written_for_it(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "100% ours", tmp_path, tmp_path / "state")
    parser = configparser.RawConfigParser()
    parser.read_string(program(layout, Follower("shop", "SHOP", "CLICKHOUSE", 15002)))
    section = dict(parser["program:follow-shop"])
    assert section["command"] == f"'{tmp_path}/100%% ours/local/programs/follow' shop SHOP CLICKHOUSE"
    assert section["autorestart"] == "true"


def status(state: str = "following", **tables: str) -> dict[str, Any]:
    of_tables = {name: {"state": table} for name, table in tables.items()}
    return {"state": state, "sentence": "It may not.", "hint": "Let it.", "copied_rows": 12, "tables": of_tables}


def test_a_source_is_followed_when_all_its_tables_are() -> None:
    assert are_followed(status(a="following", b="paused"))
    assert not are_followed(status(a="following", b="copying"))
    assert not are_followed(status("copying"))
    assert not are_followed({})


class Scripted(Follower):  # frozen, so that its script is set from outside
    """Says one status after the other."""

    says: list[dict[str, Any]]

    def status(self) -> dict[str, Any]:
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


def scripted(*says: dict[str, Any]) -> Scripted:
    follower = Scripted("shop", "SHOP", "CLICKHOUSE", 1)
    object.__setattr__(follower, "says", list(says))
    return follower


def test_a_start_waits_until_all_is_copied() -> None:
    copying = status("copying")
    assert await_copies(scripted({}, copying, copying, status()), lambda: None) == "12 rows copied"


def test_what_stays_in_the_way_is_told_in_the_followers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with pytest.raises(Problem, match="It may not. Let it."):
        await_copies(scripted(status("waiting")), lambda: None)
