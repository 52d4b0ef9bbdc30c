"""The two ways to run a command of the loader, told apart by $MILLRACE_RUNTIME."""

import os
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from airflow.sdk import Asset, BaseOperator

from millrace_contract.pipeline import Pipeline
from millrace_dags import run_process
from millrace_dags.loader_process import LoaderProcess
from millrace_dags.snapshot_process import SnapshotProcess

VARIABLE = "MILLRACE_RUNTIME"
HOLD_SNAPSHOT = "hold_snapshot"
RETRY_DELAY = timedelta(seconds=10)
FIRST = 1000  # the priority of what all loads of a run wait for


class Runtime(StrEnum):
    """Where tasks run their programs."""

    LOCAL = "local"
    DOCKER = "docker"


def current_runtime() -> Runtime:
    """The runtime that this Airflow is part of; raises ValueError when the environment names none that we know."""
    name = os.environ.get(VARIABLE, "")
    if name not in list(Runtime):
        raise ValueError(f"{VARIABLE} must be one of {', '.join(Runtime)}, but is {name!r}.")
    return Runtime(name)


def loader_task(
    task_id: str,
    command: Sequence[str],
    servers: Sequence[str] = (),
    outlets: Sequence[Asset] = (),
    doc: str = "",
    label: str = "",
    names_run: bool = False,
    part: type[BaseOperator] | None = None,
    **own: Any,
) -> BaseOperator:
    """A task that runs the loader with this command line, in the runtime's way.

    servers: prefixes of the variables that name the servers it connects to; label: how Airflow shows the task, by its
    id unless said; names_run: whether the loader is told which run it is part of; part: what it is in a run, with the
    settings that it has of its own.
    """
    settings: dict[str, Any] = {
        "task_id": task_id,
        "command": list(command),
        "outlets": list(outlets),
        "doc_md": doc,
        "task_display_name": label or None,
        "names_run": names_run,
        **own,
    }
    match current_runtime():
        case Runtime.LOCAL:
            return (run_process.OF[part] if part else LoaderProcess)(**settings)
        case Runtime.DOCKER:
            # Docker's libraries take a while to import, in every process that reads DAGs.
            from millrace_dags import run_container
            from millrace_dags.loader_container import LoaderContainer

            return (run_container.OF[part] if part else LoaderContainer)(servers=servers, **settings)


def snapshot_task(command: Sequence[str], loads: Sequence[str], servers: Sequence[str], doc: str) -> BaseOperator:
    """A task that runs the loader with this command line until all loads of its run have ended.

    loads: the ids of their tasks. A holder that could not begin is tried again while the loads still wait for it.
    """
    settings: dict[str, Any] = {
        "task_id": HOLD_SNAPSHOT,
        "command": list(command),
        "names_run": True,
        "loads": loads,
        "retry_delay": RETRY_DELAY,
        "priority_weight": FIRST,
        "weight_rule": "absolute",
        "doc_md": doc,
    }
    match current_runtime():
        case Runtime.LOCAL:
            return SnapshotProcess(**settings)
        case Runtime.DOCKER:
            from millrace_dags.snapshot_container import SnapshotContainer

            return SnapshotContainer(servers=servers, **settings)


def follower_url(pipeline: Pipeline) -> str:
    """Where a followed pipeline's follower tells of itself."""
    assert pipeline.follow is not None
    match current_runtime():
        case Runtime.LOCAL:
            return f"http://127.0.0.1:{pipeline.follow.port}"
        case Runtime.DOCKER:
            return f"http://follow-{pipeline.name}:{pipeline.follow.port}"
