"""An Airflow DAG for every readable file in $MILLRACE_PIPELINES; pipeline_problems.py reports the others."""

from millrace_dags.cdc_dag import cdc_dag
from millrace_dags.elt_dag import elt_dag
from millrace_dags.generate_dag import generate_dag
from millrace_dags.pipeline_folder import configured_folder

for pipeline in configured_folder().pipelines:
    globals()[pipeline.dag.id] = cdc_dag(pipeline) if pipeline.follow else elt_dag(pipeline)
    if pipeline.generate:
        globals()[pipeline.generate.dag] = generate_dag(pipeline, pipeline.generate)
