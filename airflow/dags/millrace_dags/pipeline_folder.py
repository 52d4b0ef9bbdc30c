"""The pipelines that Airflow makes DAGs of."""

import os
from pathlib import Path

from millrace_contract.folder import PipelineFolder, read_folder
from millrace_contract.problems import PipelineProblems

FOLDER = "MILLRACE_PIPELINES"


def configured_folder() -> PipelineFolder:
    """The pipelines of $MILLRACE_PIPELINES, by name.

    Raises PipelineProblems when there is no such folder.
    """
    folder = Path(os.environ.get(FOLDER, ""))
    if FOLDER not in os.environ or not folder.is_dir():
        raise PipelineProblems([f"{FOLDER} must name the folder of the pipeline files, but is {str(folder)!r}."])
    return read_folder(folder)
