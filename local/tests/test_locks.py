"""Nothing is installed but the very files that the locks name by their checksums."""

import re
from pathlib import Path

import pytest

from millrace_local.install import LOCKS, locked
from millrace_local.test_environments import PYTEST_LOCK, TEST_LOCKS

ROOT = Path(__file__).parents[2]
PACKAGE = re.compile(r"^[A-Za-z0-9][^ ]*==[^ ]+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", re.MULTILINE)
OTHERS = (
    "local/requirements.lock",
    "jdk/requirements.lock",
    "docker/gate/requirements.lock",
    "bench/requirements.lock",
    "superset/build.lock",
)
ALL = sorted({*LOCKS.values(), *TEST_LOCKS.values(), PYTEST_LOCK, *OTHERS})
# Whatever installs Python's packages outside of install.py.
INSTALLERS = (
    "local/bootstrap.sh",
    "jdk/need.sh",
    *(str(path.relative_to(ROOT)) for path in ROOT.glob("*/**/Dockerfile")),
)
INSTALL = re.compile(r"\b(?:pip|-m pip)[^\n]* install(?:[^\n]*\\\n)*[^\n]*")


def test_every_lock_is_known() -> None:
    there = {str(path.relative_to(ROOT)) for path in ROOT.glob("[a-z]*/**/*.lock") if "node_modules" not in path.parts}
    assert there == set(ALL)


@pytest.mark.parametrize("lock", ALL)
def test_every_package_has_a_checksum_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    names = re.findall(r"^[A-Za-z0-9][^ =]*==", text, re.MULTILINE)
    assert names
    assert len(PACKAGE.findall(text)) == len(names)
    assert "://" not in text


@pytest.mark.parametrize("file", INSTALLERS)
def test_every_installer_asks_for_checksums(file: str) -> None:
    for command in INSTALL.findall((ROOT / file).read_text()):
        assert "--require-hashes" in command, command


def test_what_has_no_wheel_is_built_with_what_a_lock_says() -> None:
    superset = ROOT / LOCKS["superset"]
    assert locked(superset)[:4] == [
        "--no-deps",
        "--require-hashes",
        "--build-constraints",
        superset.with_name("build.lock"),
    ]
    assert "--build-constraints" not in locked(ROOT / LOCKS["dbt"])
