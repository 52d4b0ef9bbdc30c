"""What is known against a version is found, and only that; what is accepted is so until its day."""

import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from millrace_supply.accepted import Accepted, accepted
from millrace_supply.component import Component
from millrace_supply.osv import database, found_in
from millrace_supply.scan import newest, scan, unused
from millrace_supply.versions import KEYS

from millrace_local.problem import Problem

ROOT = Path(__file__).parents[2]
KNOWN = database([Path(__file__).parent / "osv"])
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("ecosystem", "versions"),
    [
        ("PyPI", ["nonsense", "1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0.post1", "1.2", "1.10", "1!0.1"]),
        (
            "Maven",
            ["1.0-alpha-1", "1.0-beta-2", "1.0-M1", "1.0-rc1", "1.0-SNAPSHOT", "1.0", "1.0-sp", "1.0-x", "1.0.1"],
        ),
        ("Maven", ["2.9", "2.10", "32.0.0-jre", "33.0", "33.7.2-jre"]),
    ],
)
def test_versions_are_ordered_as_their_ecosystem_orders_them(ecosystem: str, versions: list[str]) -> None:
    mixed = versions[1::2] + versions[::2]
    assert sorted(mixed, key=KEYS[ecosystem]) == versions


def test_versions_that_are_the_same() -> None:
    key = KEYS["Maven"]
    assert key("1") == key("1.0.0") == key("1.0-ga") == key("1.0.RELEASE")


@pytest.mark.parametrize(
    ("component", "found"),
    [
        (Component("pypi", "", "some-package", "1.0"), ["PYSEC-0000-1"]),
        (Component("pypi", "", "some-package", "1.1"), ["PYSEC-0000-1"]),
        (Component("pypi", "", "some-package", "0.8"), ["GHSA-0000"]),
        (Component("pypi", "", "some-package", "0.9"), []),
        (Component("pypi", "", "some-package", "1.2"), ["GHSA-0000"]),
        (Component("pypi", "", "some-package", "1.9.7"), ["GHSA-0000"]),
        (Component("pypi", "", "some-package", "1.10"), []),
        (Component("pypi", "", "another", "1.0"), []),
        (Component("maven", "org.some", "library", "2.4.1"), ["GHSA-0000"]),
        (Component("maven", "org.some", "library", "2.4.2"), []),
        (Component("maven", "org.some", "library", "1.9"), []),
        (Component("docker", "", "some-package", "1.0"), []),
    ],
    ids=lambda value: value.purl if isinstance(value, Component) else "",
)
def test_what_is_known_against_a_version(component: Component, found: list[str]) -> None:
    assert [each.identity for each in found_in(component, KNOWN)] == found


def test_an_archive_and_a_list_say_the_same_as_a_folder(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "osv"
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    (tmp_path / "all.json").write_text(json.dumps([json.loads((folder / "GHSA-0000.json").read_text())]))
    assert database([tmp_path / "all.zip"]) == KNOWN
    assert set(database([tmp_path / "all.json"])) == {("PyPI", "some-package"), ("Maven", "org.some:library")}
    assert newest(KNOWN) == "2026-03-04"


def entry(identity: str, until: date) -> Accepted:
    return Accepted(identity, "some-package", "never reads strangers' files", until)


def test_an_accepted_finding_holds_until_its_day() -> None:
    parts = {"a": [Component("pypi", "", "some-package", "1.0")], "b": [Component("pypi", "", "some-package", "1.0")]}
    [result] = scan(parts, KNOWN, [entry("CVE-0000-1", TODAY)])
    assert result.parts == ("a", "b")
    assert result.holds(TODAY)
    assert "never reads" in result.line(TODAY)
    assert not result.holds(date(2026, 11, 27))
    assert "look at it again" in result.line(date(2026, 11, 27))


def test_an_entry_is_for_its_component_and_finding_alone() -> None:
    parts = {"a": [Component("pypi", "", "some-package", "1.2")]}
    entries = [entry("CVE-0000-1", TODAY)]
    [result] = scan(parts, KNOWN, entries)
    assert not result.holds(TODAY)
    assert "Fixed in 0.9, 1.10" in result.line(TODAY)
    assert unused(entries, [result]) == entries


@pytest.mark.parametrize(
    "text",
    [
        "- {id: X, component: y, until: 2027-01-01}",
        "- {id: X, component: y, reason: '', until: 2027-01-01}",
        "- {id: X, component: y, reason: z, until: soon}",
        "- {id: X, component: y, reason: z, until: 2027-01-01, more: 1}",
        "- X",
    ],
)
def test_an_entry_without_a_reason_or_an_end_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "accepted.yml").write_text(text)
    with pytest.raises(Problem, match="entry 1"):
        accepted(tmp_path / "accepted.yml")


def test_the_projects_own_list_can_be_read() -> None:
    for each in accepted(ROOT / "supply/accepted.yml"):
        assert len(each.reason) > 20


@pytest.mark.parametrize(("database", "code", "words"), [("none", 2, "no database"), ("osv", 0, "0 not accepted")])
def test_the_command_tells_by_its_exit_code(database: str, code: int, words: str) -> None:
    command = [sys.executable, "-m", "millrace_supply", "scan", "--database", Path(__file__).parent / database]
    environment = {"MILLRACE_ROOT": str(ROOT), "MILLRACE_HOME": "/none", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, words in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr
