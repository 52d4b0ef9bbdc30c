"""What is installed can be used by the account that runs it."""

import io
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from millrace_local import install


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    """An archive within a jar, as PostgreSQL comes: no entry for the folder of its programs."""
    packed = io.BytesIO()
    with lzma.open(packed, "w") as plain, tarfile.open(fileobj=plain, mode="w|") as archive:
        program = tarfile.TarInfo("bin/initdb")
        program.mode, program.size = 0o755, 2
        archive.addfile(program, io.BytesIO(b"#!"))
    path = tmp_path / "postgres.jar"
    with zipfile.ZipFile(path, "w") as outer:
        outer.writestr("postgres-linux-x86_64.txz", packed.getvalue())
    return path


@pytest.fixture
def umask() -> Iterator[None]:
    """That of run.sh."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_postgres_account_reaches_its_programs(
    jar: Path, tmp_path: Path, umask: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "OUTSIDE", tmp_path / "outside")
    place = tmp_path / "outside/postgres"
    install.unpack(jar, place)
    for path in (place.parent, place, place / "bin", place / "bin/initdb"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o755, path


def test_ours_alone_stays_ours(jar: Path, tmp_path: Path, umask: None) -> None:
    place = tmp_path / "home/postgres"
    install.unpack(jar, place)
    assert stat.S_IMODE((place / "bin").stat().st_mode) == 0o700
