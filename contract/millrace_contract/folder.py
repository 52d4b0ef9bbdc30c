"""The pipelines of a folder: each is known by the name of its file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from millrace_contract.pipeline import Pipeline
from millrace_contract.pipeline_reader import Reading, read_file
from millrace_contract.problems import PipelineProblems, quote

CHECKS = ".checks.yml"  # the ending of files that say what check_all_works.sh compares
# In command lines, addresses and tags of Airflow, which have at most 100 characters.
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
WITH_DBT = re.compile(r"[a-z][a-z0-9_]{0,63}")  # what the webhook takes


@dataclass(frozen=True)
class PipelineFolder:
    """The pipelines that can be read, and a sentence for everything that is wrong with the others."""

    pipelines: tuple[Pipeline, ...]
    problems: tuple[str, ...]


def pipeline_files(folder: Path) -> Iterator[Path]:
    """The pipeline files of a folder, by name."""
    return (path for path in sorted(folder.glob("*.yml")) if not path.name.endswith(CHECKS))


def read_named(path: Path) -> Reading:
    """What a file of a folder says; a name other than its file's is a problem."""
    reading = read_file(path)
    if reading.pipeline is None:
        return reading
    name, problems = path.stem, reading.problems
    if reading.pipeline.dbt and not WITH_DBT.fullmatch(name):
        sentence = (
            "A file with `dbt` must be named by lower-case letters, digits and _, a letter first, "
            f"64 at most, not {quote(name)}."
        )
        problems.add(1, "bad-file-name", sentence)
    elif not NAME.fullmatch(name) or name.endswith((".yml", ".yaml")):
        sentence = f"A file may be named by letters, digits and _ . - (not first), not {quote(name)}."
        problems.add(1, "bad-file-name", sentence)
    elif reading.pipeline.name and reading.pipeline.name != name:
        sentence = f"The pipeline is called {quote(reading.pipeline.name)}, but its file {quote(path.name)}."
        problems.add(1, "other-name", sentence, "Give both one name.")
    return reading


def read_pipeline(path: Path) -> Pipeline:
    """The pipeline of a file; raises PipelineProblems with a sentence, file and line for everything that is wrong."""
    return read_named(path).whole()


def readable(folder: Path) -> list[Pipeline]:
    """The pipelines whose files can be read; Airflow tells what is wrong with the others."""
    return list(read_folder(folder).pipelines)


def read_folder(folder: Path) -> PipelineFolder:
    """The pipelines of a folder, by name; a DAG's id belongs to one of them."""
    pipelines: list[Pipeline] = []
    owners: dict[str, str] = {}
    problems: list[str] = []
    for path in pipeline_files(folder):
        try:
            pipeline = read_pipeline(path)
        except PipelineProblems as error:
            problems.append(str(error))
            continue
        taken = [(dag, owners[dag]) for dag in pipeline.dags if dag in owners]
        problems += [f"{path.parent.name}/{path.name}: dag id {dag} is taken by {owner}.yml." for dag, owner in taken]
        if not taken:
            owners |= dict.fromkeys(pipeline.dags, pipeline.name)
            pipelines.append(pipeline)
    return PipelineFolder(tuple(pipelines), tuple(problems))


def server_prefixes(folder: Path) -> set[str]:
    """The prefixes of settings that the pipeline files name, as far as the files can be read."""
    found = (read_file(path).pipeline for path in pipeline_files(folder))
    return {prefix for pipeline in found if pipeline for prefix in pipeline.servers if prefix}
