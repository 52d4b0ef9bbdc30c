"""Which runtime is picked."""

from pathlib import Path

import pytest

from millrace_docker.runtime import choose, remember, remembered
from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, UNREACHABLE, Problem

NOTHING_RUNS = "#!/bin/sh\n[ $1 = ps ] || echo 28.0.1\n"
SOMETHING_RUNS = "#!/bin/sh\necho 28.0.1\n"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path, tmp_path / "home", tmp_path / "state")


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A docker command that answers like a new one; without it there is none."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    path = folder / "docker"
    path.write_text(NOTHING_RUNS)
    path.chmod(0o755)
    return path


def test_docker_where_it_answers(layout: Layout, docker: Path) -> None:
    assert choose(layout, docker=False, local=False) == "docker"


@pytest.mark.parametrize("answer", ["exit 1", "echo 20.10.24", 'test "$1" = version && echo 28.0.1'])
def test_local_where_docker_fails_is_old_or_lacks_compose(layout: Layout, docker: Path, answer: str) -> None:
    docker.write_text(f"#!/bin/sh\n{answer}\n")
    assert choose(layout, docker=False, local=False) == "local"
    with pytest.raises(Problem) as caught:
        choose(layout, docker=True, local=False)
    assert caught.value.exit_code == UNREACHABLE
    assert "--local" in caught.value.hint


def test_what_ran_before_is_picked_again(layout: Layout, docker: Path) -> None:
    assert remembered(layout) is None
    remember(layout, "local")
    assert choose(layout, docker=False, local=False) == "local"


def test_what_is_asked_for_is_picked(layout: Layout, docker: Path) -> None:
    remember(layout, "docker")
    assert choose(layout, docker=False, local=True) == "local"
    with pytest.raises(Problem) as caught:
        choose(layout, docker=True, local=True)
    assert caught.value.exit_code == BAD_CONFIGURATION


def test_the_other_runtime_is_refused_while_one_runs(layout: Layout, docker: Path) -> None:
    remember(layout, "docker")
    docker.write_text(SOMETHING_RUNS)
    with pytest.raises(Problem, match="in Docker"):
        choose(layout, docker=False, local=True)
