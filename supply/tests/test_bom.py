"""The bills of materials say what the locks and Maven say."""

import json
from email import message_from_string
from pathlib import Path

import pytest
from millrace_supply import bom
from millrace_supply.component import Component
from millrace_supply.notice import notice
from millrace_supply.parts import JAVA, NAMES, PYTHON, RUNTIMES, JavaPart, PythonPart
from millrace_supply.python_packages import licenses_of, packages
from millrace_supply.runtimes import components

from millrace_local.checksums import LIBRARIES

ROOT = Path(__file__).parents[2]
MAKE = "run ./supply/run.sh bom"


def read(part: str) -> list[Component]:
    return bom.read(bom.place(ROOT, part))


@pytest.mark.parametrize("part", PYTHON, ids=lambda part: part.name)
def test_python_parts_have_what_their_locks_say(part: PythonPart) -> None:
    assert {each.name: each.version for each in read(part.name)} == packages(ROOT / part.lock), MAKE


@pytest.mark.parametrize("part", [part for part in JAVA if part.shipped], ids=lambda part: part.name)
def test_java_parts_have_the_libraries_whose_checksums_are_known(part: JavaPart) -> None:
    listed = {line.split()[0] for line in (ROOT / part.module / LIBRARIES).read_text().splitlines()}
    assert {each.sha256 for each in read(part.name)} == listed, MAKE


def test_images_are_those_of_the_dockerfiles() -> None:
    assert [each.purl for each in read(RUNTIMES)] == [each.purl for each in components(ROOT)], MAKE
    assert "pkg:docker/apache/superset@6.1.0" in {each.purl for each in read(RUNTIMES)}


def test_every_document_is_there_and_is_named_in_the_notice() -> None:
    assert sorted(path.name.partition(".")[0] for path in (ROOT / bom.FOLDER).iterdir()) == NAMES
    assert (ROOT / "NOTICE").read_text() == notice({name: read(name) for name in NAMES}), MAKE


def test_a_document_keeps_what_is_known(tmp_path: Path) -> None:
    given = [
        Component("maven", "org.some", "library", "1.0-jre", ("EPL-2.0", "Apache-2.0"), "0" * 64),
        Component("pypi", "", "some-package", "1!2.0+local"),
    ]
    bom.write(tmp_path, "x", given)
    assert bom.read(bom.place(tmp_path, "x")) == given
    document = json.loads(bom.place(tmp_path, "x").read_text())
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["components"][1]["purl"] == "pkg:pypi/some-package@1%212.0%2Blocal"


@pytest.mark.parametrize(
    ("told", "licenses"),
    [
        ("License-Expression: MIT\nLicense: other", ("MIT",)),
        ("License: MIT License\nClassifier: License :: OSI Approved :: MIT License", ("MIT License",)),
        ("License: The whole\n text of it\nClassifier: License :: OSI Approved :: BSD License", ("BSD License",)),
        ("License: BSD-3-Clause", ("BSD-3-Clause",)),
        ("License: UNKNOWN", ()),
        ("Name: x", ()),
    ],
)
def test_licenses_as_authors_tell_them(told: str, licenses: tuple[str, ...]) -> None:
    assert licenses_of(message_from_string(told + "\n\n")) == licenses
