"""The first task of a run: takes out of it what was not chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException, DownstreamTasksSkipped

from millrace_dags.loaded_table import LoadedTable
from millrace_dags.run_choice import ChoiceRefused, RunChoice

VERIFY, DBT = "verify", "run_dbt_transformations"


class RunBegin(BaseOperator):
    """What a task that runs the loader becomes when it is the first of a run. tables: of the pipeline."""

    def __init__(self, *, tables: Sequence[LoadedTable], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tables = list(tables)

    def execute(self, context: Mapping[str, Any]) -> None:
        """Raises AirflowFailException for a choice that contradicts itself, before anything is done."""
        choice = RunChoice.of(context.get("params", {}))
        try:
            choice.refuse(self.tables)
        except ChoiceRefused as error:
            raise AirflowFailException(str(error)) from None
        super().execute(context)
        if left_out := not_chosen(choice, self.tables):
            self.log.info("Not chosen: %s", ", ".join(left_out))
            raise DownstreamTasksSkipped(tasks=left_out)


def not_chosen(choice: RunChoice, tables: Sequence[LoadedTable]) -> list[str]:
    """The ids of the tasks that the run goes without."""
    chosen = choice.of_these(tables)
    left_out = [table.task_id for table in tables if table not in chosen]
    return [*left_out, *([] if choice.verify else [VERIFY]), *([DBT] if choice.dbt == "none" else [])]
