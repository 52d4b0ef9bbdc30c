"""dbt on one moment of a source that is followed."""

from collections.abc import Mapping
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from millrace_dags.dbt_run import DbtRun
from millrace_dags.follower import UNKNOWN_PATH, Follower, FollowerRefusal, FollowerUnreachable
from millrace_dags.stream_tasks import pulled


class FollowedDbtRun(DbtRun):
    """Runs dbt when something has changed since it last succeeded, while the stream is held.

    What is held is let go on whatever becomes of dbt, at the latest by the follower itself. url: of the follower.
    """

    def __init__(self, *, url: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url

    def execute(self, context: Mapping[str, Any]) -> Any:
        """The position in the source's log that dbt has built on. Skipped where nothing has moved."""
        follower = Follower(self.url)
        position = follower.status().get("applied_lsn", "")
        if position and position == pulled(context, self.task_id):
            raise AirflowSkipException(f"Nothing has changed since {position}.")
        position = self.hold(follower) or position
        try:
            super().execute(context)
        finally:
            self.release(follower)
        return position

    def hold(self, follower: Follower) -> str:
        """Holds the stream at a commit; its position, empty where the follower cannot hold."""
        try:
            held = follower.post("/hold")
        except FollowerRefusal as error:
            if error.code != UNKNOWN_PATH:
                raise
            return ""
        self.log.info("dbt builds on one moment of the source: %s", held)
        return str(held.get("lsn", ""))

    def release(self, follower: Follower) -> None:
        """Lets it go on; where that fails, the follower does it by itself after a while."""
        try:
            follower.post("/release")
        except (FollowerUnreachable, FollowerRefusal) as error:
            self.log.warning("The stream was not let go on: %s", error)
