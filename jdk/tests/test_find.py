"""Which Java is taken where there are several, old ones and broken ones."""

import os
import subprocess
from pathlib import Path

import pytest

FIND = Path(__file__).parents[1] / "find.sh"
NOWHERE = (
    """java_places() { [ -z "${JAVA_HOME:-}" ] || printf '%s\\n' "$JAVA_HOME"; printf '%s\\n' "$HOME"/.jdks/*; }"""
)


def java(place: Path, version: str, *programs: str) -> Path:
    """A folder that says it is a Java of this version, with these programs."""
    (place / "bin").mkdir(parents=True)
    (place / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n')
    for name in programs:
        (place / "bin" / name).write_text("#!/bin/sh\n")
        (place / "bin" / name).chmod(0o755)
    return place


def shell(command: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs bash with find.sh, in which no Java of this machine is found."""
    own = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **environment}
    script = f'set -eu; source "{FIND}"; {NOWHERE}; {command}'
    return subprocess.run(["/bin/bash", "-c", script], env=own, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("version", "major"), [("25.0.3", "25"), ("25", "25"), ("26-ea", "26"), ("17.0.15", "17"), ("1.8.0_402", "8")]
)
def test_the_version_is_read_from_the_release_file(version: str, major: str, tmp_path: Path) -> None:
    place = java(tmp_path / "x", version, "java")
    assert shell(f'java_version "{place}"; echo "$major"', tmp_path).stdout == f"{major}\n"


def test_what_the_caller_names_comes_first(tmp_path: Path) -> None:
    java(tmp_path / ".jdks/a", "25.0.1", "java", "javac")
    named = java(tmp_path / "named", "26", "java", "javac")
    assert shell('java_with javac; echo "$found"', tmp_path, JAVA_HOME=str(named)).stdout == f"{named}\n"


def test_old_ones_and_those_without_a_compiler_are_passed_over(tmp_path: Path) -> None:
    old = java(tmp_path / "old", "17.0.15", "java", "javac")
    java(tmp_path / ".jdks/a", "25", "java")
    good = java(tmp_path / ".jdks/b", "25", "java", "javac")
    assert shell('java_with javac; echo "$found"', tmp_path, JAVA_HOME=str(old)).stdout == f"{good}\n"


def test_a_program_takes_the_java_that_was_linked(tmp_path: Path) -> None:
    linked = java(tmp_path / "home/java", "25", "java")
    other = java(tmp_path / "other", "25", "java")
    found = shell(
        'find_java /nowhere x; echo "$java"', tmp_path, JAVA_HOME=str(other), MILLRACE_HOME=str(linked.parent)
    )
    assert found.stdout == f"{linked}/bin/java\n"


def test_without_any_java_a_program_says_what_to_do(tmp_path: Path) -> None:
    old = java(tmp_path / "old", "17.0.15", "java", "javac")
    found = shell("find_java /nowhere webhook", tmp_path, JAVA_HOME=str(old), PATH="/nonexistent")
    assert found.returncode == 2
    assert found.stderr.startswith("webhook: there is no Java 25 or newer on this machine.\n  Run ./run.sh")
