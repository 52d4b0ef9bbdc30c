"""The tasks of a run that are more than a command of the loader, as processes of this machine."""

from collections.abc import Sequence
from typing import Any

from millrace_dags.loader_process import LoaderProcess
from millrace_dags.run_begin import RunBegin
from millrace_dags.table_load import TableComparison, TableLoad


class RunBeginProcess(RunBegin, LoaderProcess):
    """The first task of a run."""


class TableLoadProcess(TableLoad, LoaderProcess):
    """Loads a table; the loader's JSON report is the task's XCom."""

    def __init__(self, *, command: Sequence[str], **kwargs: Any) -> None:
        super().__init__(command=[*command, "--json"], **kwargs)


class TableComparisonProcess(TableComparison, LoaderProcess):
    """Compares tables."""


OF = {RunBegin: RunBeginProcess, TableLoad: TableLoadProcess, TableComparison: TableComparisonProcess}
