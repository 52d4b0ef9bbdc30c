"""A task that runs dbt through the webhook."""

import os
import signal
import time
from collections.abc import Mapping
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.dbt_report import failure_sentence, summary_lines
from millrace_dags.parent import end_with_parent
from millrace_dags.webhook import Started, Webhook, WebhookRefusal, WebhookUnreachable

URL = "WEBHOOK_URL"
POLL = 0.3  # seconds


class DbtRun(BaseOperator):
    """Starts dbt for a pipeline, shows its log as it comes and fails when dbt does, naming what failed.

    A run of someone else is waited for, at most patience seconds. When the task is ended from outside its run is
    cancelled: what is ended must not go on unseen.
    """

    ui_color = "#ffedd5"

    def __init__(self, *, pipeline: str, patience: float = 1800, poll: float = POLL, **kwargs: Any) -> None:
        """poll: seconds between two looks at the log."""
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.patience = patience
        self.poll = poll
        self._killed = False

    def execute(self, context: Mapping[str, Any]) -> None:
        """Returns when dbt has succeeded.

        Raises AirflowFailException when the webhook refuses, AirflowException for any other failure.
        """
        end_with_parent(signal.SIGTERM)
        try:
            run = self.run_dbt(Webhook(webhook_url()))
        except WebhookUnreachable as error:
            raise AirflowException(str(error)) from None
        except WebhookRefusal as error:
            raise (AirflowFailException if error.permanent else AirflowException)(str(error)) from None
        for line in summary_lines(run):
            self.log.info("%s", line)
        if run["state"] == "cancelled":
            raise AirflowFailException(failure_sentence(run))
        if run["state"] != "success":
            raise AirflowException(failure_sentence(run))

    def run_dbt(self, webhook: Webhook) -> dict[str, Any]:
        """The end of a run of our own."""
        deadline = time.monotonic() + self.patience
        while not isinstance(begun := webhook.start(self.pipeline), Started):
            self.log.info("Waiting for another run of dbt to end: %s", begun.run_id)
            self.await_end(webhook, begun.run_id, deadline)
        self.log.info("Following dbt run %s", begun.run_id)
        try:
            self.follow(webhook, begun.run_id)
        except (WebhookUnreachable, WebhookRefusal):
            raise
        except BaseException:
            # Ended from outside, or out of its own time.
            self.cancel(webhook, begun.run_id)
            raise
        return webhook.run(begun.run_id)

    def cancel(self, webhook: Webhook, run_id: str) -> None:
        """Ends a run of our own, and says so, or why it could not."""
        self.log.info("Cancelling dbt run %s", run_id)
        try:
            webhook.cancel(run_id)
        except (WebhookUnreachable, WebhookRefusal) as error:
            self.log.warning("It could not be cancelled: %s", error)

    def await_end(self, webhook: Webhook, run_id: str, deadline: float) -> None:
        """Returns when that run has ended; raises AirflowException when it has not by the deadline."""
        while webhook.run(run_id)["state"] == "running":
            if time.monotonic() > deadline:
                raise AirflowException(f"Another run of dbt, {run_id}, has not ended within {self.patience:.0f} s.")
            self.pause()

    def follow(self, webhook: Webhook, run_id: str) -> None:
        """Shows the log until the run has ended and all of it is shown."""
        offset = 0
        while True:
            piece = webhook.log(run_id, offset)
            for line in piece.text.splitlines():
                self.log.info("%s", line)
            if piece.state != "running" and piece.next_offset == offset:
                return
            offset = piece.next_offset
            self.pause()

    def pause(self) -> None:
        """Sleeps until it is time for another look; raises AirflowException when the task is to end."""
        time.sleep(self.poll)
        if self._killed:
            raise AirflowException("The task was ended from outside.")

    def on_kill(self) -> None:
        """Airflow goes on with execute after this: it looks at the mark and fails."""
        self._killed = True


def webhook_url() -> str:
    """Raises AirflowFailException when the environment names no webhook."""
    url = os.environ.get(URL)
    if not url:
        raise AirflowFailException(f"{URL} must name the webhook's address, but is not set.")
    return url
