"""Tasks that look after a stream. None of them carries it: where Airflow is stopped, changes arrive as before."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk import AssetAlias, BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from millrace_dags.assets import clickhouse_table
from millrace_dags.follower import Follower
from millrace_dags.stream_state import Limits, StreamState, stream_state

START_PATIENCE = 60.0  # seconds
COPY_POLL = 1.0


class StreamTask(BaseOperator):
    """url: of the follower."""

    ui_color = "#ccfbf1"

    def __init__(self, *, url: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url

    def state(self) -> StreamState:
        """How the stream stands now."""
        return stream_state(Follower(self.url).status())


class EnsureStream(StreamTask):
    """Succeeds when changes are followed or copied; its XCom names the tables that are being copied."""

    def execute(self, context: Mapping[str, Any]) -> list[str]:
        """Raises AirflowException with what is in the way, and the SQL that removes it where there is any."""
        deadline = time.monotonic() + START_PATIENCE
        while (state := self.state()).state == "starting" and time.monotonic() < deadline:
            time.sleep(COPY_POLL)
        self.log.info("%s", state.line())
        if state.state not in ("following", "copying", "held"):
            raise AirflowException(f"The stream is {state.state}. {state.sentence}".strip())
        return state.copying


class WatchCopy(StreamTask):
    """Shows how the copy of a table goes, until it is followed."""

    template_fields = ("table",)

    def __init__(self, *, table: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table = table

    def execute(self, context: Mapping[str, Any]) -> None:
        """Returns when the table is followed; a copy that cannot go on fails check_lag, not this."""
        said = ""
        while self.table in (state := self.state()).copying:
            table = state.tables.get(self.table, {})
            words = f"{state.table_state(table)}: {table.get('sentence', '')} {table.get('copied_rows', '')}".strip(
                ": "
            )
            if words != said:
                self.log.info("%s", words)
                said = words
            time.sleep(COPY_POLL)
        self.log.info("%s is followed.", self.table)


class CheckLag(StreamTask):
    """Fails when the stream is behind, or the source keeps too much of its log for it.

    Tells Airflow which tables have changed since the run before, by the alias.
    """

    def __init__(self, *, database: str, alias: AssetAlias, **kwargs: Any) -> None:
        super().__init__(outlets=[alias], **kwargs)
        self.database = database
        self.alias = alias

    def execute(self, context: Mapping[str, Any]) -> dict[str, int]:
        """The changes of each table so far. Raises AirflowException with everything that is beyond its limit."""
        state = self.state()
        self.log.info("%s", state.line())
        if complaints := state.complaints(Limits()):
            raise AirflowException(" ".join(complaints))
        now, before = state.changes(), pulled(context, self.task_id) or {}
        for table, changes in now.items():
            if changes != before.get(table, 0):
                name = table.partition(".")[2] or table
                context["outlet_events"][self.alias].add(
                    clickhouse_table(self.database, name), extra={"position": state.position}
                )
        return now


class RecheckQuarantine(StreamTask):
    """Looks at rows in quarantine again: those that are good by now come back."""

    def execute(self, context: Mapping[str, Any]) -> None:
        """Returns when it was done; skipped where no row is in quarantine."""
        state = self.state()
        if not state.quarantined:
            raise AirflowSkipException("No row is in quarantine.")
        done = Follower(self.url).post("/recheck")
        self.log.info("%s", ", ".join(f"{key}: {value}" for key, value in done.items()))


class Due(BaseOperator):
    """Lets what comes after it run once in so many seconds, and skips it otherwise."""

    def __init__(self, *, seconds: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seconds = seconds

    def execute(self, context: Mapping[str, Any]) -> float:
        """The time of this run."""
        before, now = pulled(context, self.task_id), time.time()
        if before is not None and now - before < self.seconds:
            raise AirflowSkipException(
                f"The last time was {now - before:.0f} s ago; it is due after {self.seconds:.0f}."
            )
        return now


def pulled(context: Mapping[str, Any], task_id: str, key: str = "return_value") -> Any:
    """What this task said in the last run in which it said something."""
    found = context["ti"].xcom_pull(task_ids=task_id, key=key, include_prior_dates=True)
    return found[-1] if isinstance(found, Sequence) and not isinstance(found, str) and found else found
