"""Makes no DAG: shows what is wrong with pipeline files as an import error of Airflow.

A file of its own, because Airflow stops scheduling every DAG of a file that has an import error.
"""

from millrace_dags.pipeline_folder import read_folder
from millrace_dags.problems import PipelineProblems

if problems := read_folder().problems:
    raise PipelineProblems(problems)
