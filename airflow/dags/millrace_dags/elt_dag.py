"""The DAG of a pipeline: databases, then all tables side by side and as of one moment, compared if wanted, then dbt."""

from collections.abc import Sequence

from airflow.sdk import DAG, BaseOperator, TaskGroup

from millrace_contract.pipeline import Pipeline
from millrace_dags.assets import clickhouse_table, marts
from millrace_dags.chosen_dbt_run import ChosenDbtRun
from millrace_dags.loaded_table import GROUP, LoadedTable, loaded_tables
from millrace_dags.markdown import code, visible
from millrace_dags.pipeline_dag import pipeline_dag
from millrace_dags.run_begin import DBT, VERIFY, RunBegin
from millrace_dags.run_choice import form
from millrace_dags.runtime import loader_task, snapshot_task
from millrace_dags.table_load import TableComparison, TableLoad

GOES_ON = "none_failed"  # after tasks that were not chosen


def elt_dag(pipeline: Pipeline) -> DAG:
    """A DAG whose tables, schedule and retries come from the pipeline's file alone."""
    tables = loaded_tables(pipeline)
    with pipeline_dag(pipeline, documentation(pipeline, tables), params=form(pipeline)) as dag:
        databases = loader_task(
            "create_clickhouse_databases",
            ["init", "--pipeline", pipeline.name],
            pipeline.servers,
            doc="Makes the databases and the audit table `millrace.loads` where they are missing, and takes what was "
            "not chosen out of the run.",
            part=RunBegin,
            tables=tables,
        )
        with TaskGroup(GROUP, prefix_group_id=False) as load_data:
            for table in tables:
                load_table(pipeline, table)
        compared = verify(pipeline)
        databases >> load_data >> compared
        loading: list[TaskGroup | BaseOperator] = [load_data, compared]
        if shares_snapshot(pipeline):
            holder = hold_snapshot(pipeline, tables)
            databases >> holder
            loading.append(holder)
        if pipeline.dbt:
            loading >> ChosenDbtRun(
                task_id=DBT,
                pipeline=pipeline.name,
                tables=tables,
                outlets=marts(pipeline.name),
                trigger_rule=GOES_ON,
                doc_md="Has the webhook run `dbt build`: the models of this pipeline and all their tests.",
            )
    return dag


def shares_snapshot(pipeline: Pipeline) -> bool:
    """A single load is of one moment anyway."""
    return len(pipeline.tables) > 1


def load_table(pipeline: Pipeline, table: LoadedTable) -> None:
    """The task that loads one table."""
    loader_task(
        table.task_id,
        ["load", "--pipeline", pipeline.name, "--table", table.name, *sharing(pipeline)],
        pipeline.servers,
        outlets=[] if table.is_pattern else [clickhouse_table(pipeline.database, table.target)],
        doc=f"Copies {code(table.label)} to {code(f'{pipeline.database}.{table.target}')}: readers see the old rows "
        "until all new ones are there, or, when it fails, for good.",
        label=f"load_{visible(table.label)}",
        names_run=True,
        part=TableLoad,
        is_incremental=table.is_incremental,
    )


def verify(pipeline: Pipeline) -> BaseOperator:
    """The task that compares what was loaded with the source, at the moment that was loaded."""
    return loader_task(
        VERIFY,
        ["verify", "--pipeline", pipeline.name, *sharing(pipeline)],
        pipeline.servers,
        doc="Compares every value of the chosen tables with the source, where that was chosen. What the source has "
        "deleted or changed of an incremental table since it was loaded is a difference, too.",
        names_run=shares_snapshot(pipeline),
        part=TableComparison,
        trigger_rule=GOES_ON,
    )


def sharing(pipeline: Pipeline) -> list[str]:
    """What has the loader read the moment that the run holds."""
    return ["--shared-snapshot"] if shares_snapshot(pipeline) else []


def hold_snapshot(pipeline: Pipeline, tables: Sequence[LoadedTable]) -> BaseOperator:
    """The task that keeps all loads of a run at one moment of the source."""
    return snapshot_task(
        ["snapshot", "--pipeline", pipeline.name],
        [*(table.task_id for table in tables), VERIFY],
        pipeline.servers,
        doc="Holds one snapshot of the source open until all tables are loaded and compared, so that they agree with "
        "each other. To load a run again, clear it together with all tasks of `load_data`.",
    )


def documentation(pipeline: Pipeline, tables: Sequence[LoadedTable]) -> str:
    """What Airflow shows about the DAG, in Markdown."""
    rows = "\n".join(f"| {code(table.label)} | {code(f'{pipeline.database}.{table.target}')} |" for table in tables)
    return f"""{pipeline.description}

Made from `pipelines/{pipeline.name}.yml`: add a table there and its task appears here.

| source table | loaded to |
|---|---|
{rows}
"""
