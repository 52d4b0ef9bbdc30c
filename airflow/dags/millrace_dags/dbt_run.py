"""A task that runs dbt through the webhook."""

import os
import signal
import time
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from millrace_dags.dbt_report import failure_sentence, summary_lines
from millrace_dags.parent import end_with_parent
from millrace_dags.webhook import Full, Webhook, WebhookRefusal, WebhookUnreachable, is_over

URL = "WEBHOOK_URL"
POLL = 0.3  # seconds


class DbtRun(BaseOperator):
    """Starts dbt for a pipeline, shows its log as it comes and fails when dbt does, naming what failed.

    Its run waits for those before it, at most patience seconds. When the task is ended from outside its run is
    cancelled: what is ended must not go on unseen. A task that died without a chance to do so finds its run again
    when Airflow tries it once more.
    """

    ui_color = "#ffedd5"

    def __init__(self, *, pipeline: str, patience: float = 1800, poll: float = POLL, **kwargs: Any) -> None:
        """poll: seconds between two looks at the log."""
        super().__init__(**kwargs)
        self.pipeline = pipeline
        self.patience = patience
        self.poll = poll
        self.options: dict[str, Any] = {}  # of the request for a run
        self._killed = False

    def execute(self, context: Mapping[str, Any]) -> None:
        """Returns when dbt has succeeded.

        Raises AirflowFailException when the webhook refuses, AirflowException for any other failure.
        """
        end_with_parent(signal.SIGTERM)
        try:
            run = self.run_dbt(Webhook(webhook_url()), request_name(context))
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

    def run_dbt(self, webhook: Webhook, name: str) -> dict[str, Any]:
        """The end of a run of our own. name: of the request, the same for all tries of a task; empty for none."""
        deadline = time.monotonic() + self.patience
        run_id = self.begin(webhook, name, deadline)
        self.log.info("Following dbt run %s", run_id)
        try:
            self.await_turn(webhook, run_id, deadline)
            self.follow(webhook, run_id)
        except (WebhookUnreachable, WebhookRefusal):
            raise
        except BaseException:
            # Ended from outside, or out of its own time.
            self.cancel(webhook, run_id)
            raise
        return webhook.run(run_id)

    def begin(self, webhook: Webhook, name: str, deadline: float) -> str:
        """The run that an earlier try of this task has left going, else a new one."""
        attempt = 1
        while True:
            begun = webhook.start(self.pipeline, key(name, attempt), self.options)
            if isinstance(begun, Full):
                if time.monotonic() > deadline:
                    raise AirflowException(f"Too many runs of dbt waited for {self.patience:.0f} s.")
                self.log.info("Too many runs of dbt wait; asking again in %.0f s", begun.retry_after)
                self.pause(begun.retry_after)
            elif begun.is_new or not begun.is_over:
                if not begun.is_new:
                    self.log.info("An earlier try of this task has begun it")
                return begun.run_id
            else:
                attempt += 1

    def cancel(self, webhook: Webhook, run_id: str) -> None:
        """Ends a run of our own, and says so, or why it could not."""
        self.log.info("Cancelling dbt run %s", run_id)
        try:
            webhook.cancel(run_id)
        except (WebhookUnreachable, WebhookRefusal) as error:
            self.log.warning("It could not be cancelled: %s", error)

    def await_turn(self, webhook: Webhook, run_id: str, deadline: float) -> None:
        """Returns when the run no longer waits; raises AirflowException when it still does at the deadline."""
        told = None
        while (run := webhook.run(run_id))["state"] == "queued":
            if time.monotonic() > deadline:
                raise AirflowException(f"Other runs of dbt have not ended within {self.patience:.0f} s.")
            if run.get("position") != told:
                told = run.get("position")
                self.log.info("Waiting for other runs of dbt to end: number %s in the queue", told)
            self.pause()

    def follow(self, webhook: Webhook, run_id: str) -> None:
        """Shows the log until the run has ended and all of it is shown."""
        offset = 0
        while True:
            piece = webhook.log(run_id, offset)
            for line in piece.text.splitlines():
                self.log.info("%s", line)
            if is_over(piece.state) and piece.next_offset == offset:
                return
            offset = piece.next_offset
            self.pause()

    def pause(self, seconds: float | None = None) -> None:
        """Sleeps until it is time for another look; raises AirflowException when the task is to end."""
        time.sleep(self.poll if seconds is None else seconds)
        if self._killed:
            raise AirflowException("The task was ended from outside.")

    def on_kill(self) -> None:
        """Airflow goes on with execute after this: it looks at the mark and fails."""
        self._killed = True


def request_name(context: Mapping[str, Any]) -> str:
    """What all tries of a task have in common, and no other task has; empty outside of a DAG run."""
    task = context.get("ti")
    return f"{task.dag_id}/{task.run_id}/{task.task_id}/{task.map_index}" if task else ""


def key(name: str, attempt: int) -> str | None:
    """The idempotency key of a task's request for its nth run."""
    return str(uuid5(NAMESPACE_URL, f"{name}/{attempt}")) if name else None


def webhook_url() -> str:
    """Raises AirflowFailException when the environment names no webhook."""
    url = os.environ.get(URL)
    if not url:
        raise AirflowFailException(f"{URL} must name the webhook's address, but is not set.")
    return url
