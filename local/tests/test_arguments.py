"""What run.sh understands."""

import pytest

from millrace_local.__main__ import start_arguments


def test_a_log_may_be_followed() -> None:
    options = start_arguments(["--logs", "webhook", "-f"])
    assert (options.logs, options.follow) == ("webhook", True)


@pytest.mark.parametrize("arguments", [["-f"], ["--status", "--logs", "webhook"], ["--nonsense"]])
def test_what_makes_no_sense_starts_nothing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        start_arguments(arguments)
    assert caught.value.code == 2
    assert "usage: run.sh" in capsys.readouterr().err
