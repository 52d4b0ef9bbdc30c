"""What a part knows nothing of (ARCHITECTURE.md) is not named in its program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The part, its programs, and the words that they must not have.
WALLS = [
    ("loader", "loader/src/main/java", r"airflow|\bdbt\b|superset|hold_snapshot"),
    ("stream", "stream/src/main/java", r"airflow|\bdbt\b|superset|supervisor"),
    ("service", "service/src/main/java", r"webhook|\bdbt\b|\border\b"),
    ("embedded ClickHouse", "clickhouse/embedded/src", r"millrace(?!_clickhouse)|airflow|\bdbt\b|superset"),
    ("generator", "generator/src/main/java", r"airflow|\bdbt\b|superset|clickhouse"),
    ("contract in Java", "contract/src/main/java", r"\bdbt_|superset|supervisor"),
    ("superset", "superset/millrace_superset", r"\bloader\b|airflow"),
]


@pytest.mark.parametrize(("folder", "words"), [wall[1:] for wall in WALLS], ids=[wall[0] for wall in WALLS])
def test_a_part_does_not_name_what_it_knows_nothing_of(folder: str, words: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".java", ".py")]
    assert files
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(words, line, re.IGNORECASE)
    ]
    assert found == []
