"""Steps run as early as they may, and an error stops what has not begun."""

import io
import threading

import pytest

from millrace_local.progress import Progress
from millrace_local.steps import Step, run_steps


def quiet() -> Progress:
    return Progress(io.StringIO())


def test_steps_that_need_nothing_of_each_other_run_side_by_side() -> None:
    meeting = threading.Barrier(2, timeout=5)
    run_steps([Step("a", lambda: str(meeting.wait())), Step("b", lambda: str(meeting.wait()))], quiet())


def test_a_step_begins_after_what_it_needs() -> None:
    order: list[str] = []
    steps = [Step(name, lambda n=name: order.append(n) or "", needs) for name, needs in (("a", ()), ("b", ("a",)))]
    run_steps(steps, quiet())
    assert order == ["a", "b"]


def test_the_first_error_is_raised_and_nothing_more_begins() -> None:
    begun: list[str] = []

    def fail() -> str:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        run_steps([Step("a", fail), Step("b", lambda: begun.append("b") or "", ("a",))], quiet())
    assert begun == []


def test_a_need_that_is_no_earlier_step_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="b needs"):
        run_steps([Step("b", str, ("c",)), Step("c", str)], quiet())


def test_a_note_of_the_step_stands_in_its_closing_line() -> None:
    out = io.StringIO()
    run_steps([Step("install", lambda: "there already")], Progress(out))
    assert "✓ install (there already)" in out.getvalue()
