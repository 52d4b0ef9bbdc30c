"""Files with what must come out of them: the Java reader's tests read them, too."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from millrace_contract.bounded_yaml import BoundedLoader
from millrace_contract.key_table import keys
from millrace_contract.pipeline_reader import read_text
from millrace_contract.resolved import resolved

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.glob("*.yml"))


def outcome(path: Path) -> dict[str, Any]:
    reading = read_text(path.read_text("utf-8"), path)
    if reading.problems.found:
        return {"problems": [{"line": each.line, "code": each.code} for each in sorted(reading.problems.found)]}
    assert reading.pipeline
    return resolved(reading.pipeline)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_as_the_one_beside_it_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert outcome(path) == expected
    assert ("problems" in expected) == path.name.startswith("refused-")


def test_every_case_has_its_outcome_and_every_outcome_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.json")) == sorted(path.stem for path in FILES)


def test_every_key_is_in_a_case_that_all_read() -> None:
    """A key that one of the readers does not know is refused by it there."""
    used: dict[str, set[str]] = {part: set() for part in keys()}
    for path in FILES:
        if path.name.startswith("every-key-"):
            collect(yaml.load(path.read_text("utf-8"), BoundedLoader), used)
    assert used == {part: set(known) for part, known in keys().items()}


def collect(file: dict[str, Any], used: dict[str, set[str]]) -> None:
    """Adds the keys of a file to those of its parts."""
    used[""] |= file.keys()
    for part in used.keys() & file.keys():
        used[part] |= file[part].keys()
    for table in (table for table in file["tables"] if isinstance(table, dict)):
        used["table"] |= table.keys()
        used["column"] |= {key for column in table.get("columns", {}).values() for key in column}
        rules = table.get("rules", [])
        used["rule"] |= {key for rule in rules if isinstance(rule, dict) for key in rule}
