"""Runs the main pipeline's DAG once after a start."""

import time
from collections.abc import Mapping

from millrace_local.airflow_api import ACTIVE, Airflow
from millrace_local.problem import BAD_CONFIGURATION, Problem

DAG = "elt_pipeline"
TIMEOUT = 300.0  # seconds
DUE_TIMEOUT = 20.0
REREAD_TIMEOUT = 15.0
POLL = 0.3


def run_unless_done(settings: Mapping[str, str], started: bool) -> str:
    """Runs the DAG, unless nothing was `started` just now and its last run is fine; returns a note on it."""
    if started or not succeeded_before(settings):
        return run_once(settings)
    # Airflow tells the error of a file that was corrected a moment ago until it has read the file again.
    refuse_import_errors(Airflow(settings))
    return "its last run succeeded"


def run_once(settings: Mapping[str, str]) -> str:
    """Follows the run that the schedule has just begun, else starts one; returns a note on how long it took."""
    airflow = Airflow(settings)
    wait_for_dag(airflow)
    refuse_import_errors(airflow)
    run = active_run(airflow) or airflow.trigger(DAG)
    airflow.retry_now(DAG, run)
    began = time.monotonic()
    try:
        # Airflow forgets a DAG whose file it can't read any more, and its run would never end.
        airflow.wait_for_run(DAG, run, TIMEOUT, lambda: refuse_import_errors(airflow))
    except Problem:
        # A file that can't be read any more explains more than the task that fell over it.
        refuse_import_errors(airflow)
        raise
    return f"{time.monotonic() - began:.1f} s from trigger to success"


def active_run(airflow: Airflow) -> str | None:
    """The oldest run that has not ended; one that the schedule is about to make is waited for."""
    deadline = time.monotonic() + DUE_TIMEOUT
    while True:
        active = [run["dag_run_id"] for run in airflow.runs(DAG) if run["state"] in ACTIVE]
        if active or not airflow.run_is_due(DAG) or time.monotonic() > deadline:
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


def wait_for_dag(airflow: Airflow) -> None:
    """Returns when Airflow has read the DAG's file; raises Problem with the reason when it can't."""
    deadline = time.monotonic() + 60
    while not airflow.has_dag(DAG):
        if errors := airflow.import_errors():
            raise unreadable(errors)
        if time.monotonic() > deadline:
            raise Problem(f"Airflow has not read {DAG} within 60 s", "./run.sh --logs airflow-dag-processor says more.")
        time.sleep(POLL)


def succeeded_before(settings: Mapping[str, str]) -> bool:
    """True when the newest finished run of the DAG was a success."""
    airflow = Airflow(settings)
    finished = [run["state"] for run in airflow.runs(DAG) if run["state"] not in ACTIVE] if airflow.has_dag(DAG) else []
    return finished[:1] == ["success"]
