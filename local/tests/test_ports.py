"""A taken port is named with the setting that moves it."""

import socket

import pytest

from millrace_local.ports import refuse_taken
from millrace_local.problem import BAD_CONFIGURATION, Problem


def test_a_taken_port_is_named_with_its_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = {"MILLRACE_BIND": "127.0.0.1", "WEBHOOK_PORT": str(port)}
        with pytest.raises(Problem) as caught:
            refuse_taken(["WEBHOOK_PORT"], settings)
    assert f"{port} (WEBHOOK_PORT)" in caught.value.sentence
    assert "WEBHOOK_PORT=" in caught.value.hint
    assert caught.value.exit_code == BAD_CONFIGURATION
    refuse_taken(["WEBHOOK_PORT"], settings)
