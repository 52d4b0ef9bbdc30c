"""The DAG of a pipeline that is followed: it looks after the stream, and runs dbt when something has changed."""

from airflow.sdk import DAG, AssetAlias

from millrace_contract.pipeline import Pipeline
from millrace_dags.assets import marts
from millrace_dags.followed_dbt_run import FollowedDbtRun
from millrace_dags.loaded_table import label_of
from millrace_dags.markdown import code
from millrace_dags.pipeline_dag import pipeline_dag
from millrace_dags.runtime import follower_url, loader_task
from millrace_dags.stream_tasks import CheckLag, Due, EnsureStream, RecheckQuarantine, WatchCopy

VERIFY_EVERY = 3600.0  # seconds
GOES_ON = "none_failed"


def cdc_dag(pipeline: Pipeline) -> DAG:
    """A DAG that a stream does not need: changes arrive without it."""
    url = follower_url(pipeline)
    with pipeline_dag(pipeline, documentation(pipeline)) as dag:
        ensure = EnsureStream(
            task_id="ensure_stream",
            url=url,
            doc_md="Is the follower there, and nothing in its way? Where rights are missing its sentence has the SQL.",
        )
        copies = WatchCopy.partial(
            task_id="copying",
            url=url,
            map_index_template="{{ task.table }}",
            doc_md="One for each table that is being copied: how far it is.",
        ).expand(table=ensure.output)
        lag = CheckLag(
            task_id="check_lag",
            url=url,
            database=pipeline.database,
            alias=AssetAlias(f"changes of {pipeline.name}"),
            trigger_rule=GOES_ON,
            doc_md="Red when the stream is behind, or the source keeps too much of its log for it.",
        )
        quarantine = RecheckQuarantine(
            task_id="recheck_quarantine", url=url, doc_md="Rows that are good by now come back to their tables."
        )
        ensure >> copies >> lag >> quarantine
        last = quarantine
        if pipeline.dbt:
            last = FollowedDbtRun(
                task_id="run_dbt_transformations",
                url=url,
                pipeline=pipeline.name,
                outlets=marts(pipeline.name),
                trigger_rule=GOES_ON,
                doc_md="Has the webhook run `dbt build` on one moment of the source, when something has changed.",
            )
            quarantine >> last
        due = Due(
            task_id="verify_is_due",
            seconds=VERIFY_EVERY,
            trigger_rule=GOES_ON,
            doc_md="Lets the comparison run once an hour.",
        )
        (
            last
            >> due
            >> loader_task(
                "verify_sample",
                ["verify", "--pipeline", pipeline.name, "--sample", "1"],
                pipeline.servers,
                doc="Compares every value of one row in a hundred with the source.",
            )
        )
    return dag


def documentation(pipeline: Pipeline) -> str:
    """What Airflow shows about the DAG, in Markdown."""
    tables = ", ".join(code(label_of(table)) for table in pipeline.tables)
    return f"""{pipeline.description}

Made from `pipelines/{pipeline.name}.yml`: by its `follow`, a process of its own brings every change to
{code(pipeline.database)}. This DAG looks after it; paused or stopped, changes arrive as before.

Followed: {tables}
"""
