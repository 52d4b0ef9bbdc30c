"""Airflow's logging, with task logs read from disk only.

The scheduler, its tasks and the api-server see the same log folder, so none of them needs the scheduler's log server,
a process that listens on all addresses.
"""

from copy import deepcopy
from typing import Any

from airflow.config_templates.airflow_local_settings import DEFAULT_LOGGING_CONFIG
from airflow.utils.log.file_task_handler import FileTaskHandler


class LocalTaskHandler(FileTaskHandler):
    """Does not ask a log server for what a running task has said: it is in the file."""

    def _read_from_logs_server(self, *_: Any) -> Any:
        return [], []


LOGGING_CONFIG: dict[str, Any] = deepcopy(DEFAULT_LOGGING_CONFIG)
LOGGING_CONFIG["handlers"]["task"]["class"] = f"{LocalTaskHandler.__module__}.{LocalTaskHandler.__qualname__}"
