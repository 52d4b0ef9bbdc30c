"""Tasks that hold a run's snapshot, with a bash script or a pretended container in the loader's place."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from fake_engine import IDENTITY, FakeEngine
from test_loader_process import alive, eventually, on_signal, signal_once_there

from millrace_dags.snapshot_container import SnapshotContainer
from millrace_dags.snapshot_holder import SnapshotHolder
from millrace_dags.snapshot_process import SnapshotProcess

Program = Callable[[str], Path]
HOLDING = "echo $$ > {pid}; trap 'echo let go; exit 0' TERM; while true; do sleep 0.01; done"


class Run:
    """The task instance of a holder whose run has two loads, with these states at each further look."""

    dag_id, task_id, run_id = "elt_pipeline", "hold_snapshot", "nightly"

    def __init__(self, *states: tuple[str | None, str | None]) -> None:
        self._states = list(states)
        self.looks = 0

    def get_task_states(self, dag_id: str, task_ids: list[str], run_ids: list[str]) -> dict[str, Any]:
        assert (dag_id, task_ids, run_ids) == ("elt_pipeline", ["load_a", "load_b"], ["nightly"])
        self.looks += 1
        states = self._states.pop(0) if len(self._states) > 1 else self._states[0]
        if "unknown" in states:
            raise ConnectionError("Airflow is away")
        return {"nightly": dict(zip(task_ids, states, strict=True))}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("millrace_dags.snapshot_holder.POLL", 0.05)


def hold(kind: type[SnapshotHolder], run: Run) -> Any:
    return kind(task_id="hold_snapshot", command=["snapshot"], loads=["load_a", "load_b"]).execute({"ti": run})


def test_it_holds_until_the_last_load_has_ended(
    program: Program, tmp_path: Path, said: Callable[[], list[str]]
) -> None:
    program(HOLDING.format(pid=tmp_path / "pid"))
    running = [("success", state) for state in ("running", "up_for_retry", "queued", None)]
    run = Run((None, None), ("running", None), ("unknown", None), *running, ("success", "failed"))
    hold(SnapshotProcess, run)
    assert run.looks >= 8
    assert said()[-1] == "let go"
    assert not alive(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("kind", [SnapshotProcess, SnapshotContainer])
def test_a_run_that_is_partly_loaded_is_refused(kind: type[SnapshotHolder], program: Program, tmp_path: Path) -> None:
    program(f"touch {tmp_path}/started")
    with pytest.raises(
        AirflowFailException, match=r"^load_b of this run succeeded with an earlier snapshot: .* Clear all"
    ):
        hold(kind, Run(("running", "success")))
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("states", [("failed", "upstream_failed"), ("success", "failed"), ("success", "success")])
def test_nothing_is_held_when_no_load_is_left(program: Program, tmp_path: Path, states: tuple[str, str]) -> None:
    program(f"touch {tmp_path}/started")
    hold(SnapshotProcess, Run(states))
    assert not (tmp_path / "started").exists()


def test_a_lost_snapshot_fails_the_run_for_good(program: Program) -> None:
    program("printf 'millrace: The connection is lost.\\n  Start again. (snapshot-lost)\\n' >&2; exit 1")
    told = r"^The connection is lost\. Start again\. \(snapshot-lost\) Clear hold_snapshot together with all load tasks"
    with pytest.raises(AirflowFailException, match=told):
        hold(SnapshotProcess, Run(("running", "running")))


def test_a_snapshot_that_could_not_be_taken_is_tried_again(program: Program) -> None:
    program("printf 'millrace: Postgres does not answer.\\n  Is it running? (postgres-unreachable)\\n' >&2; exit 3")
    with pytest.raises(AirflowException, match="Postgres does not answer") as caught:
        hold(SnapshotProcess, Run(("running", "running")))
    assert not isinstance(caught.value, AirflowFailException)


def test_a_killed_task_lets_go_and_has_not_succeeded(program: Program, tmp_path: Path) -> None:
    program(HOLDING.format(pid=tmp_path / "pid"))
    task = SnapshotProcess(task_id="hold_snapshot", command=["snapshot"], loads=["load_a", "load_b"])
    with on_signal(signal.SIGTERM, task.on_kill), pytest.raises(AirflowException, match="ended before the loads"):
        signal_once_there(tmp_path / "pid", signal.SIGTERM)
        task.execute({"ti": Run(("running", "running"))})
    assert eventually(lambda: not alive(int((tmp_path / "pid").read_text())))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """An engine whose container runs until it is stopped."""
    with FakeEngine() as engine:
        engine.until_stopped = Event()
        for name, value in {"DOCKER_HOST": engine.url, "MILLRACE_LOADER_IMAGE": "i", "MILLRACE_NETWORK": "n"}.items():
            monkeypatch.setenv(name, value)
        yield engine
        engine.shutdown()


def test_a_container_is_stopped_with_the_last_load_and_removed(engine: FakeEngine) -> None:
    engine.said = ["holding the snapshot 1\n", '{"outcome": "done"}\n']
    report = hold(SnapshotContainer, Run(("running", "running"), ("running", "running"), ("success", "success")))
    assert report == {"outcome": "done"}
    assert engine.stopped[0] == f"{IDENTITY}/stop?t=3"
    assert engine.removed == [IDENTITY]


def test_a_container_that_dies_fails_the_run_for_good(engine: FakeEngine) -> None:
    engine.until_stopped = None
    engine.said, engine.exit_code = ["millrace: The connection is lost.\n", "  Start again. (snapshot-lost)\n"], 1
    with pytest.raises(AirflowFailException, match="The connection is lost"):
        hold(SnapshotContainer, Run(("running", "running")))
    assert engine.removed == [IDENTITY]
