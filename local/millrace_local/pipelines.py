"""The pipelines that starting and checking are about."""

from collections.abc import Iterator
from pathlib import Path

from millrace_contract.folder import pipeline_files, read_pipeline
from millrace_contract.pipeline import Pipeline
from millrace_contract.problems import PipelineProblems
from millrace_local.problem import BAD_CONFIGURATION, Problem


def pipelines(folder: Path) -> Iterator[Pipeline]:
    """Every pipeline of a folder, by name; raises Problem when a file is none."""
    for path in pipeline_files(folder):
        try:
            yield read_pipeline(path)
        except PipelineProblems as error:
            raise Problem(str(error), "Correct the file.", BAD_CONFIGURATION) from error


def refuse_none(folder: Path) -> None:
    """Raises Problem (exit code 2) for a folder without a pipeline: there is nothing to run then."""
    if not any(pipeline_files(folder)):
        hint = "Put a file there (README.md, Bring your own Postgres), or a sample: ./run.sh --with store"
        raise Problem(f"there is no pipeline in {folder}.", hint, BAD_CONFIGURATION)
