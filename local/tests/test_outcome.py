"""How commands end."""

import subprocess
import sys

import pytest

from millrace_local.outcome import INTERRUPTED, READER_LEFT, exit_code
from millrace_local.problem import BAD_CONFIGURATION, Problem


def test_a_problem_is_told_with_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> int:
        raise Problem("port 1 is taken.", "Move it.", BAD_CONFIGURATION)

    assert exit_code(fail) == BAD_CONFIGURATION
    assert capsys.readouterr().err == "\nmillrace: port 1 is taken.\n  Move it.\n"


def test_an_interrupt_has_the_exit_code_that_shells_give_it() -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert exit_code(interrupted) == INTERRUPTED


def test_a_reader_that_leaves_is_no_stack_trace() -> None:
    script = (
        "import sys; from millrace_local.outcome import exit_code\nsys.exit(exit_code(lambda: print('x' * 9**6) or 0))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(10) == READER_LEFT
