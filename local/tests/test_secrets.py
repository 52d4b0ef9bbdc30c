"""Keys are made once and readable by their owner alone; passwords stay off command lines."""

import stat
from pathlib import Path

from millrace_local.secret_keys import NAMES, secret_keys


def test_keys_are_made_once(tmp_path: Path) -> None:
    first = secret_keys(tmp_path)
    assert set(first) == set(NAMES)
    assert secret_keys(tmp_path) == first
    assert all(len(key) >= 64 for key in first.values())
    assert len(set(first.values())) == len(NAMES)


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    secret_keys(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_no_program_gets_a_secret_by_its_command_line() -> None:
    programs = Path(__file__).parents[1] / "programs"
    for program in programs.iterdir():
        commands = [line for line in program.read_text().splitlines() if not line.startswith("export ")]
        assert "PASSWORD" not in "".join(commands), program.name
