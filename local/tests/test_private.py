"""What belongs to one account is kept from the others."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from millrace_local.layout import Layout
from millrace_local.private import make_private, make_private_below, own_folder, require_own
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.supervise import Supervisor
from millrace_local.whole_file import write_private

ROOT = Path(__file__).parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_is_its_owners_alone_new_or_old(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(mode=0o755)
    for name in ("old", "new"):
        own_folder(tmp_path / name)
        assert mode(tmp_path / name) == 0o700


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder of another account")
def test_a_folder_of_another_account_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(Problem, match="belongs to another account") as caught:
        own_folder(tmp_path)
    assert caught.value.exit_code == BAD_CONFIGURATION


def test_a_link_is_refused_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(Problem, match="or is a link"):
        own_folder(tmp_path / "link")
    require_own(tmp_path / "not there")


def test_a_folder_that_others_could_put_another_one_in_the_place_of_is_refused(tmp_path: Path) -> None:
    (tmp_path / "way").mkdir()
    (tmp_path / "way").chmod(0o777)
    with pytest.raises(Problem, match="way can be changed by every account") as caught:
        own_folder(tmp_path / "way/state")
    assert caught.value.exit_code == BAD_CONFIGURATION
    assert not (tmp_path / "way/state").exists()
    (tmp_path / "way").chmod(0o1777)
    own_folder(tmp_path / "way/state")


def test_a_secret_is_not_written_where_somebody_waits_for_it(tmp_path: Path) -> None:
    (tmp_path / "others").touch(mode=0o666)
    (tmp_path / "secrets.env").symlink_to(tmp_path / "others")
    write_private(tmp_path / "secrets.env", "KEY=hidden\n")
    assert (tmp_path / "others").read_text() == ""
    assert not (tmp_path / "secrets.env").is_symlink()
    (tmp_path / "secrets.env").chmod(0o666)
    write_private(tmp_path / "secrets.env", "KEY=hidden\n")
    assert mode(tmp_path / "secrets.env") == 0o600


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a folder of another account")
def test_a_supervisor_in_a_folder_of_another_account_is_not_talked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout(tmp_path, tmp_path, tmp_path / ("long" * 30))
    monkeypatch.setattr(Layout, "supervisor_socket", property(lambda _: tmp_path / "foreign/supervisor.sock"))
    (tmp_path / "foreign").mkdir()
    os.chown(tmp_path / "foreign", 65534, 65534)
    with pytest.raises(Problem, match="belongs to another account"):
        Supervisor(layout).is_up()


def test_a_file_with_secrets_is_closed_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert make_private(path) == ""
    path.touch(mode=0o644)
    assert "could be read by other accounts" in make_private(path)
    assert mode(path) == 0o600
    assert make_private(path) == ""


def test_an_old_state_folder_is_closed_but_for_what_another_account_keeps_in_it(tmp_path: Path) -> None:
    for name in ("logs", "postgres"):
        (tmp_path / name).mkdir(mode=0o755)
        (tmp_path / name / "file").touch(mode=0o644)
    make_private_below(tmp_path, but="postgres")
    assert [mode(tmp_path / name) for name in ("logs", "logs/file", "postgres", "postgres/file")] == [
        0o700,
        0o600,
        0o755,
        0o644,
    ]


def test_scripts_begin_with_a_umask() -> None:
    for script in ("run.sh", "stop.sh"):
        commands = [line for line in (ROOT / script).read_text().splitlines() if line and line[0] != "#"]
        assert commands[:2] == ["set -euo pipefail", "umask 077"]
    assert "\numask=077\n" in (ROOT / "local/supervisord.conf").read_text()


@pytest.mark.parametrize(("before", "after"), [("000", "0022"), ("002", "0022"), ("077", "0077")])
def test_nothing_is_made_that_others_may_change(before: str, after: str) -> None:
    script = f"umask {before}; source local/bootstrap.sh; umask"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == after
