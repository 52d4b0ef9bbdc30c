"""What starting and checking need of the pipeline files, read as Airflow's DAGs read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from millrace_dags.follow_section import Follow, follow
from millrace_dags.pipeline_files import pipeline_files
from millrace_dags.pipeline_table import Table, pipeline_tables
from millrace_dags.problems import PipelineProblems
from millrace_dags.table_name import TablePattern, parse
from millrace_dags.yaml_section import Section, root_node
from millrace_local.problem import BAD_CONFIGURATION, Problem


@dataclass(frozen=True)
class Pipeline:
    """name: of the file; source_env, target_env: prefixes of the settings that name the two servers.

    exclude: what no pattern among the tables is to match; database: where they are loaded to; generates: whether
    the order API writes to its source; follow: None where tables are loaded.
    """

    name: str
    dag: str
    source_env: str
    target_env: str
    database: str
    tables: tuple[Table, ...]
    exclude: tuple[TablePattern, ...]
    runs_dbt: bool = False
    generates: bool = False
    follow: Follow | None = None


def pipelines(folder: Path) -> Iterator[Pipeline]:
    """Every pipeline of a folder, by name; raises Problem when a file is none."""
    for path in pipeline_files(folder):
        try:
            yield pipeline(path)
        except PipelineProblems as error:
            raise Problem(str(error), "Correct the file.", BAD_CONFIGURATION) from error


def refuse_none(folder: Path) -> None:
    """Raises Problem (exit code 2) for a folder without a pipeline: there is nothing to run then."""
    if not any(pipeline_files(folder)):
        hint = "Put a file there (README.md, Bring your own Postgres), or a sample: ./run.sh --with store"
        raise Problem(f"there is no pipeline in {folder}.", hint, BAD_CONFIGURATION)


def readable(folder: Path) -> list[Pipeline]:
    """The pipelines whose files can be read; Airflow tells what is wrong with the others."""
    found = []
    for path in pipeline_files(folder):
        try:
            found.append(pipeline(path))
        except PipelineProblems:
            continue
    return found


def pipeline(path: Path) -> Pipeline:
    """One pipeline from its file, which the loader has judged already."""
    file = Section(path, root_node(path))
    source, target = file.section("source"), file.section("target")
    schema = source.text("schema", "public")
    read = Pipeline(
        path.stem,
        file.section("dag").text("id", path.stem),
        source.text("env", "POSTGRES"),
        target.text("env", "CLICKHOUSE"),
        target.text("database", "raw"),
        pipeline_tables(file, schema),
        tuple(parse(text, schema) for text in file.texts("exclude")),
        "dbt" in file.entries(),
        "generate" in file.entries(),
        follow=follow(file),
    )
    if file.problems:
        raise PipelineProblems(sentence for _, sentence in sorted(file.problems))
    return read
