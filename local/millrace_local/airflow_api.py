"""The few calls of Airflow's REST API that starting and checking need."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from millrace_local.problem import FAILED, UNREACHABLE, Problem

POLL = 0.3  # seconds
ACTIVE = ("queued", "running")
HOLDER = "hold_snapshot"


class Airflow:
    """A client that is logged in as the administrator of the settings."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._base = f"http://127.0.0.1:{settings['AIRFLOW_PORT']}"
        login = {"username": settings["AIRFLOW_ADMIN_USER"], "password": settings["AIRFLOW_ADMIN_PASSWORD"]}
        self._token = self._call("POST", "/auth/token", login)["access_token"]

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(self._base + path, method=method)
        request.add_header("Content-Type", "application/json")
        if hasattr(self, "_token"):
            request.add_header("Authorization", f"Bearer {self._token}")
        data = None if body is None else json.dumps(body).encode()
        try:
            return send(request, data, tries=3 if method == "GET" else 1)
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")[:200]
            raise Problem(f"Airflow answered {error.code} to {method} {path}: {said}", "See ./run.sh --logs") from error
        except OSError as error:
            raise Problem(f"Airflow can't be reached: {error}", "Is it up? ./run.sh --status", UNREACHABLE) from error

    def has_dag(self, dag: str) -> bool:
        """True when Airflow has read this DAG."""
        return any(known["dag_id"] == dag for known in self._call("GET", "/api/v2/dags?limit=200")["dags"])

    def import_errors(self) -> list[str]:
        """A sentence for each DAG file that Airflow could not read."""
        seen = self._call("GET", "/api/v2/importErrors?limit=50")["import_errors"]
        return [f"{e['filename']}: {e['stack_trace'].strip().splitlines()[-1]}" for e in seen]

    def runs(self, dag: str, limit: int = 5) -> list[dict[str, Any]]:
        """The newest runs of a DAG, newest first."""
        return self._call("GET", f"/api/v2/dags/{dag}/dagRuns?order_by=-run_after&limit={limit}")["dag_runs"]

    def run_is_due(self, dag: str) -> bool:
        """True when the schedule has a run that should have begun by now but has not been made yet."""
        due = self._call("GET", f"/api/v2/dags/{dag}")["next_dagrun_run_after"]
        return due is not None and datetime.fromisoformat(due) <= datetime.now(UTC)

    def retry_now(self, dag: str, run: str) -> None:
        """Lets the tasks of a run that wait for their next try begin it at once."""
        again = to_begin_again({task["task_id"]: task["state"] for task in self.tasks(dag, run)})
        if again:
            body = {"dry_run": False, "dag_run_id": run, "task_ids": again, "only_failed": False}
            self._call("POST", f"/api/v2/dags/{dag}/clearTaskInstances", body)

    def waiting_tasks(self, dag: str, run: str) -> list[str]:
        """The tasks of a run that failed and wait for their next try."""
        return [task["task_id"] for task in self.tasks(dag, run) if task["state"] == "up_for_retry"]

    def trigger(self, dag: str) -> str:
        """Starts a run and returns its id."""
        return self._call("POST", f"/api/v2/dags/{dag}/dagRuns", {"logical_date": None})["dag_run_id"]

    def task_ids(self, dag: str) -> list[str]:
        """The ids of a DAG's tasks, as Airflow has read them last."""
        return [task["task_id"] for task in self._call("GET", f"/api/v2/dags/{dag}/tasks")["tasks"]]

    def tasks(self, dag: str, run: str) -> list[dict[str, Any]]:
        """The task instances of a run."""
        return self._call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances")["task_instances"]

    def fail_task(self, dag: str, run: str, task: str) -> None:
        """Marks a task of a run as failed, which ends it when it is at work."""
        self._call("PATCH", f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}", {"new_state": "failed"})

    def wait_for_run(self, dag: str, run: str, timeout: float, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Returns when the run succeeded.

        timeout: seconds; meanwhile: is called again and again, and may raise. Raises Problem when the run failed, when
        a task is to be retried later, or when time is up.
        """
        deadline = time.monotonic() + timeout
        while (state := self._call("GET", f"/api/v2/dags/{dag}/dagRuns/{run}")["state"]) in ACTIVE:
            waiting = self.waiting_tasks(dag, run)
            if waiting or time.monotonic() > deadline:
                reason = f"task {waiting[0]} failed" if waiting else f"no end after {timeout:.0f} s"
                raise self._unsuccessful(dag, run, reason)
            meanwhile()
            time.sleep(POLL)
        if state != "success":
            failed = [t["task_id"] for t in self.tasks(dag, run) if t["state"] == "failed"]
            raise self._unsuccessful(dag, run, f"task {', '.join(failed) or '?'} failed")

    def _unsuccessful(self, dag: str, run: str, reason: str) -> Problem:
        hint = f"Its log: {self._base}/dags/{dag}/runs/{run}"
        told = "".join(f"\n  {task}: {sentence}" for task, sentence in self.sentences(dag, run).items())
        return Problem(f"{dag} did not succeed: {reason}.{told}", hint, FAILED)

    def sentences(self, dag: str, run: str) -> dict[str, str]:
        """What the failed tasks of a run ended with, by task."""
        path = f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances"
        told: dict[str, str] = {}
        for task in self.tasks(dag, run):
            if task["state"] in ("failed", "up_for_retry"):
                log = self._call("GET", f"{path}/{task['task_id']}/logs/{task['try_number']}")
                told[task["task_id"]] = closing_words(log["content"])
        return told


def to_begin_again(states: Mapping[str, str | None]) -> list[str]:
    """The tasks that wait for their next try; with all loads of the run where nobody holds their snapshot any more."""
    waiting = {task for task, state in states.items() if state == "up_for_retry"}
    loading = {task for task in states if task == HOLDER or task.startswith("load_")}
    if waiting & loading and states.get(HOLDER, "running") != "running":
        waiting |= loading
    return sorted(waiting)


def closing_words(log: list[dict[str, Any]]) -> str:
    """The message of the last exception in a task's log."""
    errors = [entry["error_detail"][0]["exc_value"] for entry in log if entry.get("error_detail")]
    return errors[-1] if errors else "its log tells no reason"


def send(request: urllib.request.Request, data: bytes | None, tries: int) -> Any:
    """The JSON answered; a busy machine may need more than one try."""
    for left in reversed(range(tries)):
        try:
            with urllib.request.urlopen(request, data, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError:
            raise
        except OSError:
            if left == 0:
                raise
    raise AssertionError("tries is at least 1")
