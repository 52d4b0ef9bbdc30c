"""dbt at the end of a run, as much of it as the run was asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from millrace_dags.dbt_run import DbtRun
from millrace_dags.loaded_table import LoadedTable
from millrace_dags.loader_report import rows
from millrace_dags.run_choice import RunChoice


class ChosenDbtRun(DbtRun):
    """Builds what stands on the tables of which rows came, where that was chosen. tables: of the pipeline."""

    def __init__(self, *, tables: Sequence[LoadedTable], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tables = list(tables)

    def execute(self, context: Mapping[str, Any]) -> None:
        """Returns when dbt has succeeded. Skipped where no rows came and only what has changed was chosen."""
        choice = RunChoice.of(context.get("params", {}))
        if choice.full_refresh:
            self.options["full_refresh"] = True
        if choice.dbt == "changed":
            changed = [table for table in choice.of_these(self.tables) if rows(self.report(context, table))]
            if not changed:
                raise AirflowSkipException("No rows came.")
            if not any(table.is_pattern for table in changed):
                self.options["select"] = [f"source:*.{table.target}+" for table in changed]
        super().execute(context)

    def report(self, context: Mapping[str, Any], table: LoadedTable) -> Any:
        """What the load of a table has said of itself."""
        return context["ti"].xcom_pull(task_ids=table.task_id)
