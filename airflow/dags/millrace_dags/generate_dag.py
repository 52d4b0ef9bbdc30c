"""The DAG that makes a source move: an order by schedule."""

from airflow.sdk import DAG

from millrace_contract.pipeline import Generate, Pipeline
from millrace_dags.order import Order
from millrace_dags.pipeline_dag import start


def generate_dag(pipeline: Pipeline, generate: Generate) -> DAG:
    """Asks the order API once for each time that is due; paused, nobody orders."""
    with DAG(
        generate.dag,
        description=f"Makes orders in the source of {pipeline.name}",
        doc_md=f"An order by schedule, made by the order API. Made from `generate` in `pipelines/{pipeline.name}.yml`.",
        schedule=generate.schedule,
        start_date=start(pipeline),
        catchup=False,
        max_active_runs=1,
        tags=["millrace", pipeline.name],
        default_args={"owner": "millrace", "retries": 0},
    ) as dag:
        Order(task_id="generate_order", doc_md="`POST /generate_order`: a random customer orders something, now.")
    return dag
