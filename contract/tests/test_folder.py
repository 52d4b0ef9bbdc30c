"""The pipelines of a folder, and what is said of files that are none."""

from pathlib import Path

import pytest

from millrace_contract.folder import pipeline_files, read_folder, read_pipeline, readable, server_prefixes
from millrace_contract.problems import MAX_PROBLEMS, PipelineProblems

SERVERS = "source: {env: SHOP}\ntarget: {env: CLICKHOUSE}\n"
BOMBS = Path(__file__).parents[2] / "e2e/bombs"
WRONG = """pipeline: store
source: {env: SHOP}
target: {env: CLICKHOUSE}
dag:
  id: "a b"
  schedule: "61 * * * *"
  start_date: yesterday
  retrys: 3
  retries: -1
tables:
  - name: "order details"
  - {name: other, target: order details}
  - target: nameless
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pipelines"
    path.mkdir()
    return path


def written(folder: Path, text: str, name: str = "store") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text)
    return path


def pipeline(folder: Path, name: str, more: str = "") -> Path:
    return written(folder, f"pipeline: {name}\n{SERVERS}tables: [orders]\n{more}", name)


def problems(path: Path) -> list[str]:
    with pytest.raises(PipelineProblems) as caught:
        read_pipeline(path)
    return str(caught.value).splitlines()


def test_all_problems_are_told_at_once_with_their_lines(folder: Path) -> None:
    found = problems(written(folder, WRONG))
    assert [sentence.split(": ")[0] for sentence in found] == [
        f"pipelines/store.yml:{line}" for line in (5, 6, 7, 8, 9, 12, 13)
    ]
    assert found[3] == 'pipelines/store.yml:8: Unknown key "retrys" in dag. Did you mean retries?'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "pipelines/store.yml:1: The file is empty."),
        ("- orders", "pipelines/store.yml:1: the pipeline must be a mapping with the keys pipeline, description, dag,"),
        ("pipeline: [a\ndag: {}", "pipelines/store.yml:2: This is not YAML:"),
        (f"pipeline: store\n{SERVERS}tables: orders", 'pipelines/store.yml:4: "tables" must be a list of at least one'),
        (f"pipeline: stor\n{SERVERS}tables: [a]", 'pipelines/store.yml:1: The pipeline is called "stor", but its file'),
    ],
)
def test_each_problem_has_its_sentence(folder: Path, text: str, sentence: str) -> None:
    [found] = problems(written(folder, text))
    assert found.startswith(sentence)


def test_what_can_be_read_has_no_part_in_what_cannot(folder: Path) -> None:
    for bomb in BOMBS.glob("*.yml"):
        written(folder, bomb.read_text(), f"bomb-{bomb.stem}")
    pipeline(folder, "store")
    found = read_folder(folder)
    assert [each.name for each in found.pipelines] == ["store"]
    assert len(found.problems) == len(list(BOMBS.glob("*.yml"))) > 1
    for told in found.problems:
        assert "nested more than 50 deep" in told or "more than 50 aliases" in told


def test_a_huge_file_is_not_read(folder: Path) -> None:
    [told] = problems(written(folder, "#" * (2 << 20)))
    assert "has more than 1048576 bytes" in told


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    path = folder / "store.yml"
    path.write_bytes("pipeline: Ärger".encode("latin-1"))
    assert problems(path) == ["pipelines/store.yml:1: The file is not UTF-8."]


def test_no_more_problems_are_told_than_anybody_reads(folder: Path) -> None:
    odd = "".join(f"odd{n}: 1\n" for n in range(20000))
    assert len(problems(pipeline(folder, "store", odd))) == MAX_PROBLEMS


def test_a_dag_id_belongs_to_one_file(folder: Path) -> None:
    pipeline(folder, "a", "dag: {id: x}")
    pipeline(folder, "b", "generate: {dag: x}")
    found = read_folder(folder)
    assert [each.name for each in found.pipelines] == ["a"]
    assert found.problems == ("pipelines/b.yml: dag id x is taken by a.yml.",)


@pytest.mark.parametrize("name", ["a b", "-a", "{{ x }}", "a.yml", "x" * 101, "заказы"])
def test_a_file_is_named_so_that_its_name_can_be_used_everywhere(folder: Path, name: str) -> None:
    assert "A file may be named by letters" in problems(pipeline(folder, name))[0]


def test_a_file_with_dbt_has_a_name_that_the_webhook_takes(folder: Path) -> None:
    assert read_pipeline(pipeline(folder, "Shop-2")).dag.id == "Shop-2"
    assert "lower-case letters" in problems(pipeline(folder, "Shop-2", "dbt: {select: a}"))[0]


def test_checks_are_no_pipelines(folder: Path) -> None:
    pipeline(folder, "store")
    written(folder, "checks: []", "store.checks")
    assert [path.name for path in pipeline_files(folder)] == ["store.yml"]


def test_servers_are_known_even_where_a_file_is_wrong_elsewhere(folder: Path) -> None:
    pipeline(folder, "store", "descripton: typo")
    assert readable(folder) == []
    assert server_prefixes(folder) == {"SHOP", "CLICKHOUSE"}
