"""Packages of a Java module stand in an order: none needs, by whatever way, one that needs it."""

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(pom.parent.name for pom in ROOT.glob("*/pom.xml"))
IMPORT = re.compile(r"^import (?:static )?((?:[a-z]\w*\.)+)[A-Z]", re.MULTILINE)
# Roots hold what starts a program; what others need has a package of its own.
WIRING = {"Main", "Webhook"}


def needs(module: str) -> dict[str, set[str]]:
    """The packages of a module, and which others of it each imports from."""
    base = ROOT / module / "src/main/java"
    graph: dict[str, set[str]] = {}
    for file in base.rglob("*.java"):
        own = ".".join(file.parent.relative_to(base).parts)
        graph.setdefault(own, set()).update(name[:-1] for name in IMPORT.findall(file.read_text("utf-8")))
    return {own: {name for name in others if name in graph and name != own} for own, others in graph.items()}


def test_modules_are_found() -> None:
    assert {"contract", "loader", "stream", "webhook"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_no_circle(module: str) -> None:
    try:
        TopologicalSorter(needs(module)).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


@pytest.mark.parametrize("module", MODULES)
def test_a_root_package_only_starts(module: str) -> None:
    files = sorted((ROOT / module / "src/main/java/millrace" / module).glob("*.java"))
    nested = any(path.is_dir() for path in (ROOT / module / "src/main/java/millrace" / module).iterdir())
    assert not nested or {file.stem for file in files} <= WIRING
