"""A task that holds one moment of the source for the load tasks of its run."""

from collections.abc import Callable, Sequence
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.loads_of_run import LoadsOfRun
from millrace_dags.until import Until

POLL = 0.5  # seconds


class SnapshotHolder(BaseOperator):
    """What a task that runs the loader becomes when it runs `loader snapshot`: it ends with the last load of its run.

    loads: the ids of the load tasks.
    """

    end_loader: Callable[[], None]  # ends what execute waits for: of the operator that this is put before

    def __init__(self, *, loads: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.loads = list(loads)

    def execute(self, context: Any) -> Any:
        """Returns when all loads have ended.

        Raises AirflowFailException when the loads could not be of one moment, AirflowException for other failures.
        """
        loads = LoadsOfRun(context["ti"], self.loads)
        if loads.have_ended():
            self.log.info("No load of this run is left to hold a snapshot for.")
            return None
        refuse_earlier(loads)
        with Until(loads.have_ended, self.end_loader, POLL, self.log) as until:
            try:
                report = super().execute(context)
            except AirflowException:
                if not until.has_come:
                    raise
                report = None
        if not until.has_come:
            raise AirflowException("The task was ended before the loads of its run: their snapshot is gone.")
        return report


def refuse_earlier(loads: LoadsOfRun) -> None:
    """A load that is done has read another moment than the one that would be held now."""
    if done := loads.succeeded():
        raise AirflowFailException(
            f"{', '.join(done)} of this run succeeded with an earlier snapshot: with a new one, the tables would be of "
            "different moments. Clear all tasks of load_data together with hold_snapshot."
        )
