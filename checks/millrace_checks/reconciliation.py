"""What a pipeline's own checks compare: the rows of a query on its source and of one on the warehouse."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from millrace_checks import clickhouse
from millrace_checks.finding import Finding
from millrace_checks.source import connect
from millrace_contract.bounded_yaml import root_of_file
from millrace_contract.folder import CHECKS
from millrace_contract.pipeline import Pipeline
from millrace_contract.problems import Problems
from millrace_contract.section import Section

MAX_NAMED = 5
FILE = ("checks",)
CHECK = ("name", "source", "warehouse")


@dataclass(frozen=True)
class Pair:
    """Two queries that must have the same rows, the first column naming a row where there are several."""

    name: str
    source: str
    warehouse: str


def reconciliations(settings: Mapping[str, str], folder: Path, pipeline: Pipeline) -> Iterator[Finding]:
    """The findings of <pipeline>.checks.yml; none where there is no such file."""
    path = folder / f"{pipeline.name}{CHECKS}"
    if not path.exists():
        return
    with connect(settings, pipeline.source_env) as connection:
        for pair in pairs(path):
            cursor = connection.execute(pair.source.encode())
            names = [column.name for column in cursor.description or ()]
            actual = clickhouse.rows(settings, pair.warehouse, pipeline.target_env)
            yield from compare(pair.name, names, cursor.fetchall(), actual)


def pairs(path: Path) -> list[Pair]:
    """The pairs of a file; raises PipelineProblems with file and line for everything that is wrong with it."""
    problems = Problems(path)
    root = root_of_file(path, problems)
    found = pairs_of(Section("the file", root, FILE, problems)) if root else []
    problems.refuse()
    return found


def pairs_of(file: Section) -> list[Pair]:
    """The pairs of a file, which has some."""
    nodes = list(file.items("checks"))
    if not nodes:
        file.problem("checks", "no-checks", '"checks" must be a list of at least one check.')
    sections = [Section("a check", node, CHECK, file.problems) for node in nodes]
    return [Pair(each.needed("name"), each.needed("source"), each.needed("warehouse")) for each in sections]


def compare(name: str, columns: Sequence[str], expected: list[Any], actual: list[Any]) -> Iterator[Finding]:
    """A finding a column where each side has one row, else one for all rows."""
    if len(expected) == len(actual) == 1 and len(expected[0]) == len(actual[0]):
        for column, wanted, seen in zip(columns, expected[0], actual[0], strict=True):
            yield Finding(f"{name} {column}", plain(wanted) == plain(seen), f"{seen}, PostgreSQL {wanted}")
        return
    here, there = keyed(expected), keyed(actual)
    wrong = sorted(str(key) for key in here.keys() | there.keys() if here.get(key) != there.get(key))
    named = ", ".join(wrong[:MAX_NAMED]) + (f" and {len(wrong) - MAX_NAMED} more" if len(wrong) > MAX_NAMED else "")
    yield Finding(name, not wrong, f"differs for {named}" if wrong else f"{len(actual)} rows as in PostgreSQL")


def keyed(rows: list[Any]) -> dict[Any, list[list[Any]]]:
    """The rows in their plain form, by their first column."""
    found: dict[Any, list[list[Any]]] = {}
    for row in rows:
        found.setdefault(plain(row[0]), []).append([plain(value) for value in row])
    return {key: sorted(values, key=repr) for key, values in found.items()}


def plain(value: Any) -> Any:
    """A value in the form that both servers' answers can be compared in: a number, a text or None."""
    if value is None:
        return None
    try:
        return Decimal(str(int(value) if isinstance(value, bool) else value)).normalize() + 0
    except InvalidOperation:
        return str(value)
