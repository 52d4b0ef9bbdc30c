"""The schema, its table in the docs and every reader know the same keys."""

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from millrace_contract.table import filled, keys, schema

from millrace_dags import pipeline_file, pipeline_table

ROOT = Path(__file__).parents[2]
JAVA = ROOT / "contract/src/main/java/millrace/contract/pipeline"
FILES = sorted(path for path in (ROOT / "pipelines").rglob("*.yml") if not path.name.endswith(".checks.yml"))
CASES = ROOT / "contract/cases"
READ = sorted(set(CASES.glob("*.yml")) - set(CASES.glob("refused-*")))
VALIDATOR = Draft202012Validator(schema())
# By the name that the loader's readers give to a list of keys.
PARTS = {
    "PipelineReader": {"PIPELINE": "", "SOURCE": "source", "TARGET": "target", "DBT": "dbt"},
    "DagReader": {"DAG": "dag", "GENERATE": "generate"},
    "FollowReader": {"FOLLOW": "follow"},
    "TableReader": {"TABLE": "table", "COLUMN": "column"},
    "RuleReader": {"RULE": "rule"},
}
# What a schema can tell; the readers tell more: of names, targets and characters.
STRUCTURE = ("empty-source", "list-as-name", "no-name", "tables-as-mapping", "unknown-key", "unknown-key-at-the-top")


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


@pytest.mark.parametrize("reader", PARTS)
def test_the_loader_knows_the_same_keys(reader: str) -> None:
    text = (JAVA / f"{reader}.java").read_text()
    for constant, part in PARTS[reader].items():
        found = re.search(rf"{constant} =\s*List\.of\((.*?)\);", text, re.DOTALL)
        assert found
        assert sorted(re.findall(r'"(\w+)"', found[1])) == sorted(keys()[part]), part


def test_airflow_knows_the_same_keys() -> None:
    assert sorted(pipeline_file.KEYS) == sorted(keys()[""])
    assert sorted(pipeline_table.KEYS) == sorted(keys()["table"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_pipelines_of_the_repository_are_pipelines(path: Path) -> None:
    assert problems(path) == []


@pytest.mark.parametrize("name", STRUCTURE)
def test_what_the_readers_refuse_is_refused(name: str) -> None:
    assert problems(CASES / f"refused-{name}.yml") != []


@pytest.mark.parametrize(
    "path", sorted(set(CASES.glob("*.yml")) - set(CASES.glob("refused-*"))), ids=lambda path: path.stem
)
def test_what_the_loader_reads_is_a_pipeline(path: Path) -> None:
    try:
        found = problems(path)
    except (yaml.YAMLError, ValueError):
        pytest.skip("YAML 1.2, which the library of this test does not read")
    assert found == []


def test_the_table_of_keys_is_made_from_the_schema() -> None:
    page = (ROOT / "contract/README.md").read_text("utf-8")
    assert filled(page) == page
