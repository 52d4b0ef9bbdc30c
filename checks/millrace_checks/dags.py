"""Airflow: every pipeline's DAG is there, its last finished run was a success, no file failed to import."""

from collections.abc import Iterable, Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_contract.pipeline import Pipeline
from millrace_local.airflow_api import ACTIVE, Airflow


def dag_runs(settings: Mapping[str, str], known: Iterable[Pipeline]) -> Iterator[Finding]:
    """A finding a DAG, and one for DAG files."""
    airflow = Airflow(settings)
    errors = airflow.import_errors()
    yield Finding("DAG files", not errors, "; ".join(errors) or "all import")
    for pipeline in known:
        runs = airflow.runs(pipeline.dag.id)
        finished = [run for run in runs if run["state"] not in ACTIVE]
        if not finished:
            yield Finding(f"DAG {pipeline.dag.id}", False, "no run has ended yet")
            continue
        last = finished[0]
        yield Finding(
            f"DAG {pipeline.dag.id}", last["state"] == "success", f"last run {last['dag_run_id']}: {last['state']}"
        )
