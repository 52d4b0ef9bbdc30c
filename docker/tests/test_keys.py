"""The keys in .env."""

import stat
from pathlib import Path

from millrace_docker.keys import ensure_keys
from millrace_local.secret_keys import NAMES
from millrace_local.settings import load_settings

EXAMPLE = "# ports\nWEBHOOK_PORT=5001\n# keys\n" + "".join(f"{name}=\n" for name in NAMES)


def test_a_missing_file_is_made_from_the_example_with_new_keys(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text(EXAMPLE)
    assert ensure_keys(tmp_path)
    settings = load_settings(tmp_path, {})
    assert settings["WEBHOOK_PORT"] == "5001"
    assert all(len(settings[name]) >= 64 for name in NAMES)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_a_file_that_is_there_keeps_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / ".env.example").write_text(EXAMPLE)
    (tmp_path / ".env").write_text(f"# mine\nWEBHOOK_PORT=6001\n{NAMES[0]}=mine\n{NAMES[1]}=\n")
    assert ensure_keys(tmp_path)
    text = (tmp_path / ".env").read_text()
    assert text.startswith(f"# mine\nWEBHOOK_PORT=6001\n{NAMES[0]}=mine\n")
    assert text.count(NAMES[1]) == 1
    assert ensure_keys(tmp_path) == ""
    assert (tmp_path / ".env").read_text() == text
