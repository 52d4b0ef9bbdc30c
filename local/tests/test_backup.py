"""A backup holds all data and nothing else, and is restored as a whole or not at all."""

import os
import socket
import stat
import tarfile
from pathlib import Path

import pytest

from millrace_local import backup
from millrace_local.backup import back_up, restore
from millrace_local.layout import Layout
from millrace_local.problem import Problem


@pytest.fixture(autouse=True)
def own_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for any account but root: the servers' data is in the state folder."""
    monkeypatch.setattr(Layout, "postgres_owner", None)
    monkeypatch.setattr(Layout, "clickhouse_owner", None)


def layout(folder: Path, name: str) -> Layout:
    """A product's places, with an empty state."""
    (folder / name).mkdir()
    return Layout(folder, folder, folder / name)


def files(folder: Path) -> dict[str, str]:
    """The text of every file, by its path."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def product(tmp_path: Path) -> Layout:
    """A stopped product with data, and what a run leaves."""
    made = layout(tmp_path, "one")
    for name in ("secrets.env", "postgres/PG_VERSION", "clickhouse/store/part", "webhook/runs", "logs/webhook.log"):
        (made.state / name).parent.mkdir(parents=True, exist_ok=True)
        (made.state / name).write_text(name)
    (made.state / "clickhouse/empty").mkdir()
    (made.state / "clickhouse/link").symlink_to("store")
    made.run.mkdir()
    (made.run / "lock").touch()
    with socket.socket(socket.AF_UNIX) as listening:
        place = Path.cwd()
        os.chdir(made.state)  # a socket's path is short
        listening.bind("socket")
        os.chdir(place)
    return made


def test_everything_comes_back_elsewhere(product: Layout, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    back_up(product, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = layout(tmp_path, "other")
    restore(other, file)
    found = files(product.state)
    del found["run/lock"]
    assert files(other.state) == found
    assert (other.state / "clickhouse/empty").is_dir()
    assert (other.state / "clickhouse/link").readlink() == Path("store")
    assert not (other.state / "restored").exists()


def test_data_is_not_written_over(product: Layout, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    back_up(product, file)
    with pytest.raises(Problem, match="has data"):
        restore(product, file)
    with pytest.raises(Problem, match="is there already"):
        back_up(product, file)
    with pytest.raises(Problem, match="holds no data yet"):
        back_up(layout(tmp_path, "empty"), tmp_path / "other.tar.gz")


def test_a_running_product_is_left_alone(product: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "own_processes", lambda state: iter([1]))
    with pytest.raises(Problem, match="Millrace runs"):
        back_up(product, tmp_path / "backup.tar.gz")


@pytest.mark.parametrize("cut", [0, 40, 200])
def test_a_file_that_is_cut_off_restores_nothing(product: Layout, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "backup.tar.gz"
    back_up(product, file)
    file.write_bytes(file.read_bytes()[:cut])
    other = layout(tmp_path, "other")
    with pytest.raises(Problem) as refused:
        restore(other, file)
    assert refused.value.exit_code == 2
    assert list(other.state.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "state/../../outside", "/outside", "home/outside"])
def test_an_archive_of_others_reaches_nothing(tmp_path: Path, name: str) -> None:
    file = tmp_path / "backup.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("state/secrets.env"))
        archive.addfile(tarfile.TarInfo(name))
    other = layout(tmp_path, "other")
    with pytest.raises(Problem, match="cannot be restored"):
        restore(other, file)
    assert list(other.state.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"nowhere\.tar\.gz cannot be restored"):
        restore(layout(tmp_path, "other"), tmp_path / "nowhere.tar.gz")


def test_a_restore_that_fails_can_be_tried_again(
    product: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.tar.gz"
    back_up(product, file)
    other = layout(tmp_path, "other")

    def full(source: Path, target: Path) -> None:
        if target == other.clickhouse_data:
            raise OSError(28, "No space left on device")
        source.rename(target)

    with monkeypatch.context() as patch, pytest.raises(Problem, match="No space left"):
        patch.setattr(backup.shutil, "move", full)
        restore(other, file)
    assert not other.pgdata.exists()
    restore(other, file)
    assert (other.state / "clickhouse/store/part").exists()
