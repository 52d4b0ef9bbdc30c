"""The schema, its table in the docs and both readers know the same keys."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from millrace_contract import column_reader, dag_reader, follow_reader, pipeline_reader, rule_reader, table_reader
from millrace_contract.key_table import filled, keys, schema

ROOT = Path(__file__).parents[2]
JAVA = ROOT / "contract/src/main/java/millrace/contract/pipeline"
FILES = sorted(path for path in (ROOT / "pipelines").rglob("*.yml") if not path.name.endswith(".checks.yml"))
CASES = sorted((ROOT / "contract/cases").glob("*.yml"))
VALIDATOR = Draft202012Validator(schema())
# By the name that the readers of both languages give to a list of keys.
JAVA_READERS = {
    "PipelineReader": {"PIPELINE": "", "SOURCE": "source", "TARGET": "target", "DBT": "dbt"},
    "DagReader": {"DAG": "dag", "GENERATE": "generate"},
    "FollowReader": {"FOLLOW": "follow"},
    "TableReader": {"TABLE": "table", "COLUMN": "column"},
    "RuleReader": {"RULE": "rule"},
}
PYTHON_READERS = {
    pipeline_reader: JAVA_READERS["PipelineReader"],
    dag_reader: JAVA_READERS["DagReader"],
    follow_reader: JAVA_READERS["FollowReader"],
    table_reader: {"TABLE": "table"},
    column_reader: {"COLUMN": "column"},
    rule_reader: JAVA_READERS["RuleReader"],
}


def codes(path: Path) -> set[str]:
    """What the readers find wrong with a case."""
    return {problem["code"] for problem in json.loads(path.with_suffix(".json").read_text()).get("problems", [])}


# What a schema can tell; the readers tell more: of names, targets and characters.
STRUCTURE = {"unknown-key", "missing-key", "no-mapping", "no-tables", "unknown-choice", "for-incremental-tables"}
# To the library of this test an empty item is null, a merge key merges, and half a character is one.
NOT_SEEN = {"refused-empty-item", "refused-merge-key", "refused-half-a-character"}
REFUSED = [path for path in CASES if codes(path) & STRUCTURE and path.stem not in NOT_SEEN]


class Loader(yaml.SafeLoader):
    """Dates stay as they are written."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def problems(path: Path) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(yaml.load(path.read_text("utf-8"), Loader))]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("reader", JAVA_READERS)
def test_the_java_reader_knows_the_same_keys(reader: str) -> None:
    text = (JAVA / f"{reader}.java").read_text()
    for constant, part in JAVA_READERS[reader].items():
        found = re.search(rf"{constant} =\s*List\.of\((.*?)\);", text, re.DOTALL)
        assert found
        assert sorted(re.findall(r'"(\w+)"', found[1])) == sorted(keys()[part]), part


def test_the_python_reader_knows_the_same_keys() -> None:
    for reader, parts in PYTHON_READERS.items():
        for constant, part in parts.items():
            assert sorted(getattr(reader, constant)) == sorted(keys()[part]), part


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_pipelines_of_the_repository_are_pipelines(path: Path) -> None:
    assert problems(path) == []
    assert pipeline_reader.read_file(path).whole().name == path.stem


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_the_readers_refuse_is_refused(path: Path) -> None:
    assert problems(path) != []


@pytest.mark.parametrize("path", [path for path in CASES if not codes(path)], ids=lambda path: path.stem)
def test_what_the_readers_take_is_a_pipeline(path: Path) -> None:
    try:
        found = problems(path)
    except (yaml.YAMLError, ValueError):
        pytest.skip("YAML 1.2, which the library of this test does not read")
    assert found == []


def test_the_table_of_keys_is_made_from_the_schema() -> None:
    page = (ROOT / "contract/README.md").read_text("utf-8")
    assert filled(page) == page
