"""Runs the pipelines' DAGs once after a start."""

import time
from collections.abc import Mapping
from pathlib import Path

from millrace_contract.folder import pipeline_files, readable
from millrace_local.airflow_api import ACTIVE, Airflow
from millrace_local.problem import BAD_CONFIGURATION, Problem

TIMEOUT = 1800.0  # seconds
DUE_TIMEOUT = 20.0
REREAD_TIMEOUT = 15.0
POLL = 0.3


def dags(folder: Path) -> list[str]:
    """The DAGs of all pipelines; one whose file can't be read is waited for in vain, and the reason told."""
    known = {pipeline.name: pipeline.dag.id for pipeline in readable(folder)}
    return list(dict.fromkeys(known.get(path.stem, path.stem) for path in pipeline_files(folder)))


def run_unless_done(settings: Mapping[str, str], dag: str, started: bool) -> str:
    """Runs a DAG, unless nothing was `started` just now and its last run is fine; returns a note on it."""
    if started or not succeeded_before(settings, dag):
        return run_once(settings, dag)
    # Airflow tells the error of a file that was corrected a moment ago until it has read the file again.
    refuse_import_errors(Airflow(settings))
    return "its last run succeeded"


def run_once(settings: Mapping[str, str], dag: str) -> str:
    """Follows the run that the schedule has just begun, else starts one; returns a note on how long it took."""
    airflow = Airflow(settings)
    wait_for_dag(airflow, dag)
    refuse_import_errors(airflow)
    run = active_run(airflow, dag) or airflow.trigger(dag)
    airflow.retry_now(dag, run)
    began = time.monotonic()
    try:
        # Airflow forgets a DAG whose file it can't read any more, and its run would never end.
        airflow.wait_for_run(dag, run, TIMEOUT, lambda: refuse_import_errors(airflow))
    except Problem:
        # A file that can't be read any more explains more than the task that fell over it.
        refuse_import_errors(airflow)
        raise
    return f"{time.monotonic() - began:.1f} s from trigger to success"


def active_run(airflow: Airflow, dag: str) -> str | None:
    """The oldest run that has not ended; one that the schedule is about to make is waited for."""
    deadline = time.monotonic() + DUE_TIMEOUT
    while True:
        active = [run["dag_run_id"] for run in airflow.runs(dag) if run["state"] in ACTIVE]
        if active or not airflow.run_is_due(dag) or time.monotonic() > deadline:
            return active[-1] if active else None
        time.sleep(POLL)


def refuse_import_errors(airflow: Airflow) -> None:
    """Raises Problem (exit code 2) for a pipeline file that Airflow can't read; one just corrected is given time."""
    deadline = time.monotonic() + REREAD_TIMEOUT
    while errors := airflow.import_errors():
        if time.monotonic() > deadline:
            raise unreadable(errors)
        time.sleep(POLL)


def unreadable(errors: list[str]) -> Problem:
    """What is wrong with pipeline files, as Airflow tells it."""
    hint = "Correct the file; Airflow reads it again within seconds. ./run.sh --logs airflow-dag-processor shows more."
    return Problem("Airflow can't read a pipeline: " + "\n  ".join(errors), hint, BAD_CONFIGURATION)


def wait_for_dag(airflow: Airflow, dag: str) -> None:
    """Returns when Airflow has read the DAG's file; raises Problem with the reason when it can't."""
    deadline = time.monotonic() + 60
    while not airflow.has_dag(dag):
        if errors := airflow.import_errors():
            raise unreadable(errors)
        if time.monotonic() > deadline:
            raise Problem(f"Airflow has not read {dag} within 60 s", "./run.sh --logs airflow-dag-processor says more.")
        time.sleep(POLL)


def succeeded_before(settings: Mapping[str, str], dag: str) -> bool:
    """True when the newest finished run of the DAG was a success."""
    airflow = Airflow(settings)
    finished = [run["state"] for run in airflow.runs(dag) if run["state"] not in ACTIVE] if airflow.has_dag(dag) else []
    return finished[:1] == ["success"]
