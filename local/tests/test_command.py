"""A failed command becomes a sentence and an exit code."""

import os
from pathlib import Path

import pytest

from millrace_local.command import run_logged
from millrace_local.problem import FAILED, UNREACHABLE, Problem


def run(script: str, folder: Path) -> None:
    run_logged(["sh", "-c", script], folder / "x.log", os.environ, "Installing x", folder)


def test_success_leaves_the_output_in_the_log(tmp_path: Path) -> None:
    run("echo hello", tmp_path)
    assert (tmp_path / "x.log").read_text() == "hello\n"


def test_a_failure_names_what_failed_and_its_telling_line(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        run("echo begin; echo 'ERROR: no such thing' >&2; echo end; exit 7", tmp_path)
    assert caught.value.sentence == "Installing x failed: ERROR: no such thing"
    assert caught.value.exit_code == FAILED
    assert "x.log" in caught.value.hint


def test_a_network_failure_has_its_own_exit_code(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        run("echo 'error sending request for url'; exit 1", tmp_path)
    assert caught.value.exit_code == UNREACHABLE
