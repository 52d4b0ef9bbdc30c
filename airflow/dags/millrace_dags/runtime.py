"""The two ways to run a command of the loader, told apart by $MILLRACE_RUNTIME."""

import os
from collections.abc import Sequence
from enum import StrEnum

from airflow.sdk import Asset, BaseOperator

from millrace_dags.loader_process import LoaderProcess

VARIABLE = "MILLRACE_RUNTIME"


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
) -> BaseOperator:
    """A task that runs the loader with this command line, in the runtime's way.

    servers: prefixes of the variables that name the servers it connects to.
    """
    match current_runtime():
        case Runtime.LOCAL:
            return LoaderProcess(task_id=task_id, command=list(command), outlets=list(outlets), doc_md=doc)
        case Runtime.DOCKER:
            # Docker's libraries take a while to import, in every process that reads DAGs.
            from millrace_dags.loader_container import LoaderContainer

            return LoaderContainer(
                task_id=task_id, command=list(command), servers=servers, outlets=list(outlets), doc_md=doc
            )
