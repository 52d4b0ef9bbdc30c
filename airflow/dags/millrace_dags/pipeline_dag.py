"""What all DAGs of pipelines have in common."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from airflow.sdk import DAG

from millrace_contract.pipeline import Pipeline


def pipeline_dag(pipeline: Pipeline, documentation: str, **own: Any) -> DAG:
    """The DAG that a pipeline's file asks for. documentation: in Markdown; own: what this one has besides."""
    settings = pipeline.dag
    return DAG(
        settings.id,
        description=pipeline.description,
        doc_md=documentation,
        schedule=settings.schedule,
        start_date=start(pipeline),
        catchup=False,
        max_active_runs=1,
        tags=["millrace", pipeline.name],
        default_args={
            "owner": "millrace",
            "retries": settings.retries,
            "retry_delay": timedelta(minutes=settings.retry_delay_minutes),
        },
        **own,
    )


def start(pipeline: Pipeline) -> datetime:
    """The beginning of the first day that is due."""
    return datetime.combine(pipeline.dag.start_date, time(), UTC)
