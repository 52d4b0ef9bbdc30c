"""Makes no DAG: shows what is wrong with pipeline files as an import error of Airflow.

A file of its own, because Airflow stops scheduling every DAG of a file that has an import error.
"""

from millrace_contract.problems import PipelineProblems
from millrace_dags.pipeline_folder import configured_folder

if problems := configured_folder().problems:
    raise PipelineProblems(problems)
