"""The DAG of a pipeline: databases, then all tables side by side and as of one moment, then dbt."""

from airflow.sdk import DAG, BaseOperator, TaskGroup

from millrace_dags.assets import clickhouse_table, marts
from millrace_dags.dbt_run import DbtRun
from millrace_dags.markdown import code, visible
from millrace_dags.pipeline import Pipeline
from millrace_dags.pipeline_table import GROUP, Table
from millrace_dags.runtime import loader_task, snapshot_task


def elt_dag(pipeline: Pipeline) -> DAG:
    """A DAG whose tables, schedule and retries come from the pipeline's file alone."""
    settings = pipeline.dag
    with DAG(
        settings.id,
        description=pipeline.description,
        doc_md=documentation(pipeline),
        schedule=settings.schedule,
        start_date=settings.start_date,
        catchup=False,
        max_active_runs=1,
        tags=["millrace", pipeline.name],
        default_args={"owner": "millrace", "retries": settings.retries, "retry_delay": settings.retry_delay},
    ) as dag:
        databases = loader_task(
            "create_clickhouse_databases",
            ["init", "--pipeline", pipeline.name],
            pipeline.servers,
            doc="Makes the databases and the audit table `millrace.loads` where they are missing.",
        )
        with TaskGroup(GROUP, prefix_group_id=False) as load_data:
            for table in pipeline.tables:
                load_table(pipeline, table)
        loading: list[TaskGroup | BaseOperator] = [load_data]
        if shares_snapshot(pipeline):
            loading.append(hold_snapshot(pipeline))
        databases >> loading
        if pipeline.runs_dbt:
            loading >> DbtRun(
                task_id="run_dbt_transformations",
                pipeline=pipeline.name,
                outlets=marts(pipeline.name),
                doc_md="Has the webhook run `dbt build`: the models of this pipeline and all their tests.",
            )
    return dag


def shares_snapshot(pipeline: Pipeline) -> bool:
    """A single load is of one moment anyway."""
    return len(pipeline.tables) > 1


def load_table(pipeline: Pipeline, table: Table) -> None:
    """The task that loads one table."""
    sharing = ["--shared-snapshot"] if shares_snapshot(pipeline) else []
    loader_task(
        table.task_id,
        ["load", "--pipeline", pipeline.name, "--table", table.name, *sharing],
        pipeline.servers,
        outlets=[] if table.is_pattern else [clickhouse_table(pipeline.database, table.target)],
        doc=f"Copies {code(table.label)} to {code(f'{pipeline.database}.{table.target}')}: readers see the old rows "
        "until all new ones are there, or, when it fails, for good.",
        label=f"load_{visible(table.label)}",
        names_run=True,
    )


def hold_snapshot(pipeline: Pipeline) -> BaseOperator:
    """The task that keeps all loads of a run at one moment of the source."""
    return snapshot_task(
        ["snapshot", "--pipeline", pipeline.name],
        [table.task_id for table in pipeline.tables],
        pipeline.servers,
        doc="Holds one snapshot of the source open until all tables are loaded, so that they agree with each other. "
        "To load a run again, clear it together with all tasks of `load_data`.",
    )


def documentation(pipeline: Pipeline) -> str:
    """What Airflow shows about the DAG, in Markdown."""
    rows = "\n".join(
        f"| {code(table.label)} | {code(f'{pipeline.database}.{table.target}')} |" for table in pipeline.tables
    )
    return f"""{pipeline.description}

Made from `pipelines/{pipeline.name}.yml`: add a table there and its task appears here.

| source table | loaded to |
|---|---|
{rows}
"""
