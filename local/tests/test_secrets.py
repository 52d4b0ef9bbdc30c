"""Keys are made once and readable by their owner alone; passwords stay off command lines."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

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
        _, _, command = program.read_text().partition("\nexec ")
        assert "PASSWORD" not in command, program.name


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("keep", []),
        ("keep 'CLICKHOUSE_*'", ["CLICKHOUSE_PASSWORD"]),
        ("keep 'SUPERSET_*' 'CLICKHOUSE_*'", ["CLICKHOUSE_PASSWORD", "SUPERSET_DB_PASSWORD", "SUPERSET_SECRET_KEY"]),
        ("drop 'SUPERSET_*' POSTGRES_PASSWORD", ["CLICKHOUSE_PASSWORD", "SHOP_PASSWORD", "SHOP_PASSWORD_FILE"]),
    ],
)
def test_a_process_gets_only_its_own_secrets(script: str, kept: list[str]) -> None:
    secrets = ("CLICKHOUSE_PASSWORD", "POSTGRES_PASSWORD", "SHOP_PASSWORD", "SHOP_PASSWORD_FILE")
    secrets += ("SUPERSET_DB_PASSWORD", "SUPERSET_SECRET_KEY")
    environment = {"PATH": os.environ["PATH"], "POSTGRES_HOST": "h", **dict.fromkeys(secrets, "it's `a` secret\n$x")}
    programs = Path(__file__).parents[1] / "programs"
    command = f"set -euo pipefail; source {programs}/secrets; {script}; compgen -e"
    told = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, text=True, check=True).stdout
    assert "POSTGRES_HOST" in told
    assert sorted(set(told.split()) & set(secrets)) == kept
