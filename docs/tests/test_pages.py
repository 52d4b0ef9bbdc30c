"""The pages of the docs have one form."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_COLUMNS = 120
SECTIONS = ["Context", "Decision", "Consequences"]


def pages() -> list[Path]:
    """Every page that is kept."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines()]


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without tables and code."""
    is_code = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        is_code ^= line.startswith("```")
        if not is_code and not re.match(r"\||```| {4}(?! *([-*]|\d+\.) )", line):
            yield number, line


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_prose_is_wrapped(page: Path) -> None:
    # A link or a piece of code that is longer by itself stays whole.
    assert [number for number, line in prose(page) if len(line) > MAX_COLUMNS and " " in line.strip()] == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda record: record.stem)
def test_records_of_decisions_have_one_form(record: Path) -> None:
    text = record.read_text("utf-8")
    day = f"{record.name[:4]}-{record.name[4:6]}-{record.name[6:8]}"
    assert re.match(rf"# [^\n]+\n\nDate: {day}\n\n## Context\n", text)
    found = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [name for name in found if name in SECTIONS] == SECTIONS
