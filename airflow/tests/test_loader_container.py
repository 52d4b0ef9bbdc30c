"""Tasks that run the loader as a container, with a pretended Docker engine."""

import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from fake_engine import IDENTITY, FakeEngine

from conftest import AIRFLOW
from millrace_dags.loader_container import LoaderContainer, of_servers
from millrace_dags.pipeline_folder import configured_folder
from millrace_dags.runtime import loader_task

sys.path.append(str(AIRFLOW.parent / "docker/gate"))
from millrace_gate.container_body import hardened_body
from millrace_gate.terms import Terms

TERMS = Terms("millrace/loader:0.1.0", "ecommerce-pipeline", "millrace", "/srv/pipelines")
CONTEXT = {"ti": SimpleNamespace(dag_id="elt_pipeline", task_id="load_orders")}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """An engine, and the environment of the docker runtime."""
    with FakeEngine() as engine:
        for name, value in {
            "MILLRACE_RUNTIME": "docker",
            "DOCKER_HOST": engine.url,
            "MILLRACE_LOADER_IMAGE": TERMS.image,
            "MILLRACE_NETWORK": TERMS.network,
            "MILLRACE_PROJECT": TERMS.project,
            "MILLRACE_PIPELINES_SOURCE": TERMS.pipelines,
            "POSTGRES_PASSWORD": "ecommerce123",
            "SHOP_PASSWORD": "of another pipeline",
        }.items():
            monkeypatch.setenv(name, value)
        yield engine
        engine.shutdown()


def run(**changes: Any) -> Any:
    task = LoaderContainer(task_id="load_orders", command=["load"], servers=("POSTGRES",), **changes)
    return task.execute(CONTEXT)


def test_the_factory_makes_containers_in_the_docker_runtime(engine: FakeEngine) -> None:
    task = loader_task("load_orders", ["load", "--pipeline", "ecommerce"], ("POSTGRES", "CLICKHOUSE"))
    assert isinstance(task, LoaderContainer)
    assert task.command == ["load", "--pipeline", "ecommerce", "--json"]
    assert task.servers == ("POSTGRES", "CLICKHOUSE")


def test_the_servers_of_a_pipeline_are_those_of_its_file() -> None:
    servers = {pipeline.name: pipeline.servers for pipeline in configured_folder().pipelines}
    assert servers["ecommerce"] == ("POSTGRES", "CLICKHOUSE")


def test_the_gate_lets_through_what_the_task_asks_for(engine: FakeEngine) -> None:
    run()
    assert hardened_body(engine.created[0], TERMS)["Cmd"] == ["load", "--json"]


def test_the_container_gets_the_secrets_of_its_own_servers_alone(engine: FakeEngine) -> None:
    run()
    assert engine.created[0]["Env"] == ["POSTGRES_PASSWORD=ecommerce123"]
    assert "ecommerce123" not in str(vars(LoaderContainer(task_id="load", command=[], servers=("POSTGRES",))))


def test_its_words_are_in_the_log_and_its_report_is_returned(engine: FakeEngine, said: Callable[[], list[str]]) -> None:
    engine.said = ["raw.orders: 100 rows\n", '{"outcome": "done", "tables": []}', "\n"]
    assert run() == {"outcome": "done", "tables": []}
    assert "raw.orders: 100 rows" in said()
    assert engine.removed == [IDENTITY]


def test_a_failure_has_the_loaders_words_and_leaves_no_container(engine: FakeEngine) -> None:
    engine.said = ['{"outcome": "failed"}\n', "millrace: The table orders is gone.\n  Create it (no_table)\n"]
    engine.exit_code = 1
    with pytest.raises(AirflowException, match=r"^The table orders is gone\. Create it \(no_table\)$") as caught:
        run()
    assert not isinstance(caught.value, AirflowFailException)
    assert engine.removed == [IDENTITY]


def test_bad_configuration_is_not_tried_again(engine: FakeEngine) -> None:
    engine.said, engine.exit_code = ["millrace: a.yml:1: this.\n"], 2
    with pytest.raises(AirflowFailException, match="this"):
        run()


def test_what_another_try_would_not_mend_is_not_tried_again(engine: FakeEngine) -> None:
    engine.said, engine.exit_code = ["millrace: It is gone.\n", "  Start again. (snapshot-lost)\n"], 1
    with pytest.raises(AirflowFailException, match="It is gone"):
        run()


def test_a_killed_task_ends_its_container_quickly_and_removes_it(engine: FakeEngine) -> None:
    task = LoaderContainer(task_id="load_orders", command=["load"])
    task.on_kill()
    task.container = {"Id": IDENTITY}
    task.on_kill()
    assert engine.stopped == [f"{IDENTITY}/stop?t=3"]
    assert engine.removed == [IDENTITY]


def test_the_container_of_a_killed_try_is_removed_first(engine: FakeEngine) -> None:
    mine, other = "a" * 64, "b" * 64
    engine.left = [
        {"Id": mine, "Labels": {"millrace.task": "elt_pipeline.load_orders"}},
        {"Id": other, "Labels": {"millrace.task": "elt_pipeline.load_customers"}},
    ]
    run()
    assert engine.removed == [mine, IDENTITY]


def test_a_variable_belongs_to_a_server_by_its_prefix() -> None:
    given = {"SHOP_HOST": "a", "SHOPPING_HOST": "b", "HOME": "c"}
    assert of_servers(given, ("SHOP",)) == {"SHOP_HOST": "a"}
    assert of_servers(given, ()) == {}
