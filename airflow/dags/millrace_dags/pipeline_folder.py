"""Reads all pipeline files."""

import os
from dataclasses import dataclass
from pathlib import Path

from millrace_dags.pipeline import Pipeline
from millrace_dags.pipeline_file import read_pipeline
from millrace_dags.pipeline_files import pipeline_files
from millrace_dags.problems import PipelineProblems

FOLDER = "MILLRACE_PIPELINES"


@dataclass(frozen=True)
class PipelineFolder:
    """The pipelines that can be read, and a sentence for everything that is wrong with the others."""

    pipelines: tuple[Pipeline, ...]
    problems: tuple[str, ...]


def read_folder() -> PipelineFolder:
    """The pipelines of $MILLRACE_PIPELINES, by name.

    Raises PipelineProblems when there is no such folder.
    """
    folder = Path(os.environ.get(FOLDER, ""))
    if FOLDER not in os.environ or not folder.is_dir():
        raise PipelineProblems([f"{FOLDER} must name the folder of the pipeline files, but is {str(folder)!r}."])
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
