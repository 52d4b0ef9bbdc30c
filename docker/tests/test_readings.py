"""What is read of the engine and of the checkout."""

import json
from pathlib import Path

import pytest

from millrace_docker.compose import parsed
from millrace_docker.engine import version
from millrace_docker.readable import refuse_unreadable
from millrace_local.layout import Layout
from millrace_local.problem import Problem


def line(state: str, health: str = "", exit_code: int = 0) -> str:
    fields = {"Service": "x", "ID": "1", "State": state, "Health": health, "ExitCode": exit_code, "Status": "Up"}
    return json.dumps(fields) + "\n"


@pytest.mark.parametrize(
    ("said", "well"),
    [
        (line("running", "healthy"), True),
        (line("running", "starting"), False),
        (line("running"), False),
        (line("exited", exit_code=0), True),
        (line("exited", exit_code=1), False),
        (line("exited", health="unhealthy"), False),
        (line("restarting", exit_code=1), False),
    ],
)
def test_a_container_is_well_when_it_does_its_work(said: str, well: bool) -> None:
    [container] = parsed(said)
    assert container.well is well


@pytest.mark.parametrize(("text", "numbers"), [("26.1.5+dfsg1", (26, 1)), ("v2.26.1-4", (2, 26)), ("2.24.0", (2, 24))])
def test_versions_are_read_whatever_stands_around_them(text: str, numbers: tuple[int, ...]) -> None:
    assert version(text) == numbers


def test_files_that_containers_could_not_read_are_named(tmp_path: Path) -> None:
    layout = Layout(tmp_path, tmp_path / "home", tmp_path / "state")
    (tmp_path / "dbt").mkdir(mode=0o755)
    (tmp_path / "dbt/dbt_project.yml").touch(mode=0o644)
    for made in ("__pycache__", "target"):  # by the other runtime, for its owner alone
        (tmp_path / "dbt" / made).mkdir(mode=0o700)
        (tmp_path / "dbt" / made / "x").touch(mode=0o600)
    refuse_unreadable(layout)
    (tmp_path / "dbt/dbt_project.yml").chmod(0o600)
    with pytest.raises(Problem, match="dbt can't be read") as caught:
        refuse_unreadable(layout)
    assert caught.value.hint.startswith("Run: chmod -R o+rX ")
