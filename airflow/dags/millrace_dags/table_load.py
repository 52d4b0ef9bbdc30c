"""A task that loads one table, as the run was asked to, and tells Airflow what came."""

from typing import Any

from airflow.sdk import BaseOperator

from millrace_dags.loader_report import tables
from millrace_dags.run_choice import RunChoice

# What followers of the table are told of its load.
TOLD = ("rows", "table_rows", "bytes", "replaced", "mode", "finished_at")


class TableLoad(BaseOperator):
    """What a task that runs the loader becomes when it loads a table. is_incremental: whether only what is new."""

    command: list[str]  # of the operator that this is put before

    def __init__(self, *, is_incremental: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_incremental = is_incremental

    def execute(self, context: Any) -> Any:
        """The loader's report; the events of the assets carry it. Raises what the loader's task raises."""
        self.command = [*self.command, *RunChoice.of(context.get("params", {})).options(self.is_incremental)]
        report = super().execute(context)
        for table in tables(report):
            told = {key: table[key] for key in TOLD if key in table} | {"run_id": report["run_id"]}
            for asset in self.outlets:
                context["outlet_events"][asset].extra = told
        return report


class TableComparison(BaseOperator):
    """What a task that runs the loader becomes when it compares the tables that the run was asked to load."""

    command: list[str]

    def execute(self, context: Any) -> Any:
        """The loader's report. Raises what the loader's task raises, also when values differ."""
        for name in RunChoice.of(context.get("params", {})).tables:
            self.command = [*self.command, "--table", name]
        return super().execute(context)
