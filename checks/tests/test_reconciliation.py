"""What a pipeline's own checks say."""

from decimal import Decimal
from pathlib import Path

import pytest

from millrace_checks.finding import Finding
from millrace_checks.reconciliation import compare, pairs
from millrace_contract.problems import PipelineProblems

PIPELINES = Path(__file__).parents[2] / "pipelines"
FILE = "checks:\n  - {name: a, source: SELECT 1, warehouse: SELECT 2}\n  - {name: b, source: x, target: y}\n"


def test_a_single_row_is_compared_column_by_column() -> None:
    found = list(compare("sales", ["items", "revenue"], [(2, Decimal("10.50"))], [["2", "10.51"]]))
    assert found == [
        Finding("sales items", True, "2, PostgreSQL 2"),
        Finding("sales revenue", False, "10.51, PostgreSQL 10.50"),
    ]


def test_rows_are_compared_by_their_first_column() -> None:
    expected = [("Ohio", Decimal(1)), ("Iowa", Decimal("2.0")), ("Utah", None)]
    assert list(compare("states", ["state"], expected, [["Iowa", "2"], ["Ohio", "1.0"], ["Utah", None]]))[0].holds
    wrong = list(compare("states", ["state"], expected, [["Ohio", "3"], ["Iowa", "2"], ["Maine", "1"]]))
    assert wrong == [Finding("states", False, "differs for Maine, Ohio, Utah")]


def test_no_row_is_no_row() -> None:
    assert not next(compare("a", ["x"], [(1,)], [])).holds
    assert next(compare("a", ["x"], [], [])).holds


def test_a_truth_is_its_number_and_a_text_a_text() -> None:
    assert all(f.holds for f in compare("a", ["x", "y"], [(True, "01 a")], [[1, "01 a"]]))


def test_what_is_wrong_with_a_file_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "shop.checks.yml"
    path.write_text(FILE)
    with pytest.raises(PipelineProblems, match=r'shop.checks.yml:3: Unknown key "target"'):
        pairs(path)


@pytest.mark.parametrize("path", sorted(PIPELINES.rglob("*.checks.yml")), ids=lambda path: path.name)
def test_the_checks_of_the_repository_are_read(path: Path) -> None:
    assert pairs(path)
