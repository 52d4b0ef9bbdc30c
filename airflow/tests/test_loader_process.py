"""Tasks that run the loader, with bash scripts in its place."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from conftest import DAGS
from millrace_dags.loader_process import LoaderProcess, loader_environment

Program = Callable[[str], Path]
Said = Callable[[], list[str]]
STUBBORN = "trap '' TERM; sleep 100 & echo $! > {pid}; echo started; while true; do wait; done"


def run(*command: str) -> None:
    LoaderProcess(task_id="load", command=list(command)).execute({})


def alive(pid: int) -> bool:
    """True for a process that is not just waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(true: Callable[[], bool], seconds: float = 5) -> bool:
    """True when it becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@contextmanager
def on_signal(number: signal.Signals, action: Callable[[], None]) -> Iterator[None]:
    """Runs the action when the signal comes, as Airflow's task runner does."""
    before = signal.signal(number, lambda *_: action())
    try:
        yield
    finally:
        signal.signal(number, before)


def signal_once_there(path: Path, number: signal.Signals) -> None:
    """Sends this process the signal as soon as the file has something in it."""

    def wait() -> None:
        assert eventually(lambda: path.exists() and path.stat().st_size > 0, 30)
        os.kill(os.getpid(), number)

    Thread(target=wait).start()


def test_every_line_is_in_the_log(program: Program, said: Said) -> None:
    program("printf 'one\\ntwo €\\n'; echo three >&2; echo \"$@\"")
    run("load", "--table", "order items")
    assert said()[1:] == ["one", "two €", "three", "load --table order items"]


def test_lines_are_in_the_log_as_they_come(program: Program, tmp_path: Path, said: Said) -> None:
    program(f"echo first; while [ ! -e {tmp_path}/go ]; do sleep 0.01; done; echo last")
    seen: list[str] = []

    def look() -> None:
        eventually(lambda: len(said()) > 1, 30)
        seen.extend(said()[1:])
        (tmp_path / "go").touch()

    Thread(target=look).start()
    run()
    assert seen == ["first"]
    assert said()[-1] == "last"


def test_a_failure_has_the_loaders_words(program: Program) -> None:
    program("echo working; printf 'millrace: The table orders is gone.\\n  Create it (no_table)\\n' >&2; exit 1")
    with pytest.raises(AirflowException, match=r"^The table orders is gone\. Create it \(no_table\)$") as caught:
        run()
    assert not isinstance(caught.value, AirflowFailException)


@pytest.mark.parametrize(
    "code", ["value-refused", "snapshot-lost", "source-emptied", "source-replaced", "target-changed", "shape-changed"]
)
def test_what_another_try_would_not_mend_is_not_tried_again(program: Program, code: str) -> None:
    program(f"printf 'millrace: It is so.\\n  Do this. ({code})\\n' >&2; exit 1")
    with pytest.raises(AirflowFailException, match=rf"^It is so\. Do this\. \({code}\)"):
        run()


def test_several_problems_are_all_told(program: Program) -> None:
    program("printf 'millrace: a.yml:1: this.\\na.yml:2: that.\\n  Correct it (bad_file)\\n' >&2; exit 2")
    with pytest.raises(AirflowFailException, match=r"^a\.yml:1: this\. a\.yml:2: that\. Correct it \(bad_file\)$"):
        run()


@pytest.mark.parametrize(("body", "words"), [("echo out of luck; exit 3", "out of luck"), ("exit 1", "said nothing")])
def test_words_that_are_no_sentence_do_as_well(program: Program, body: str, words: str) -> None:
    program(body)
    with pytest.raises(AirflowException, match=words):
        run()


def test_a_loader_that_is_killed_is_a_failure(program: Program) -> None:
    program("kill -9 $$")
    with pytest.raises(AirflowException, match="ended by signal 9"):
        run()


def test_a_missing_loader_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILLRACE_LOADER", raising=False)
    with pytest.raises(AirflowFailException, match="MILLRACE_LOADER must name"):
        run()
    monkeypatch.setenv("MILLRACE_LOADER", "/nowhere/loader")
    with pytest.raises(AirflowFailException, match="/nowhere/loader"):
        run()


def test_ending_the_task_ends_all_that_the_loader_started(program: Program, tmp_path: Path) -> None:
    program(STUBBORN.format(pid=tmp_path / "pid"))
    task = LoaderProcess(task_id="load", command=[])
    with on_signal(signal.SIGTERM, task.on_kill), pytest.raises(AirflowException, match="ended by signal"):
        signal_once_there(tmp_path / "pid", signal.SIGTERM)
        task.execute({})
    assert eventually(lambda: not alive(int((tmp_path / "pid").read_text())))


def test_a_timeout_ends_the_loader(program: Program, tmp_path: Path) -> None:
    program(f"sleep 100 & echo $! > {tmp_path}/pid; wait")

    def time_is_up() -> None:
        raise TimeoutError

    with on_signal(signal.SIGALRM, time_is_up), pytest.raises(TimeoutError):
        signal_once_there(tmp_path / "pid", signal.SIGALRM)
        run()
    assert eventually(lambda: not alive(int((tmp_path / "pid").read_text())))


def test_the_loader_does_not_outlive_a_task_that_is_killed_outright(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(DAGS)!r})
from millrace_dags.process_group import ProcessGroup
with ProcessGroup(["bash", "-c", "echo $$; exec sleep 100"], {{"PATH": "/usr/bin:/bin"}}) as group:
    print(next(group.lines()), flush=True)
    group.wait()
"""
    task = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert task.stdout is not None
    loader = int(task.stdout.readline())
    assert alive(loader)
    task.kill()
    task.communicate()
    assert eventually(lambda: not alive(loader))


def test_airflows_own_variables_stay_with_airflow() -> None:
    given = {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "secret",
        "_AIRFLOW_X": "y",
        "PGPASSWORD": "x",
        "POSTGRES_PASSWORD": "p",
    }
    assert loader_environment(given) == {"POSTGRES_PASSWORD": "p"}
