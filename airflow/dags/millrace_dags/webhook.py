"""The part of the webhook's API that a DAG uses: start a run of dbt, read its log, learn its end."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

RUNS = "/api/v1/runs"
TOKEN = "WEBHOOK_TOKEN"
UNAVAILABLE = 503


class WebhookUnreachable(Exception):
    """It does not answer, even after some tries."""


class WebhookRefusal(Exception):
    """It answered that it won't; trying the same again is in vain when permanent."""

    def __init__(self, sentence: str, permanent: bool) -> None:
        super().__init__(sentence)
        self.permanent = permanent


@dataclass(frozen=True)
class Started:
    """Our run of dbt. is_new: whether this request made it, rather than an earlier one with the same key."""

    run_id: str
    state: str
    is_new: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing will come of it any more."""
        return is_over(self.state)


@dataclass(frozen=True)
class Full:
    """Too many runs wait already. retry_after: seconds after which there may be room."""

    retry_after: float


def is_over(state: str) -> bool:
    """Whether a run in this state has ended."""
    return state not in ("queued", "running")


@dataclass(frozen=True)
class LogPiece:
    """Whole lines of a log. next_offset: in bytes; state: of the run, before this was read."""

    text: str
    next_offset: int
    state: str


class Webhook:
    """A client that waits out a restart of the webhook."""

    def __init__(self, url: str, pauses: tuple[float, ...] = (0.2, 0.5, 1, 2, 4, 8)) -> None:
        """pauses: seconds to wait before each further try when it can't be reached."""
        self._url = url.rstrip("/")
        self._pauses = pauses
        token = os.environ.get(TOKEN)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # Not trust_env: a proxy for the outside world must not see calls to our own services.
        self._http = httpx.Client(base_url=self._url, headers=headers, timeout=30, trust_env=False)

    def start(self, pipeline: str, key: str | None = None, options: Mapping[str, Any] | None = None) -> Started | Full:
        """Asks for a run of dbt.

        key: a request that is sent again with the same key makes no second run; options: what the run may choose.
        """
        headers = {"Idempotency-Key": key} if key else {}
        answer = self._send(
            lambda: self._http.post(RUNS, json={"pipeline": pipeline, **(options or {})}, headers=headers),
            accept=(202, 429),
        )
        if answer.status_code != 202:
            return Full(float(answer.headers.get("Retry-After", 1)))
        run = answer.json()
        return Started(run["run_id"], run["state"], "Idempotency-Replayed" not in answer.headers)

    def cancel(self, run_id: str) -> None:
        """Ends a run; one that has ended by itself is left as it is."""
        self._send(lambda: self._http.post(f"{RUNS}/{run_id}/cancel"), accept=(200, 409))

    def log(self, run_id: str, offset: int) -> LogPiece:
        """A run's log from this byte on."""
        answer = self._send(lambda: self._http.get(f"{RUNS}/{run_id}/logs", params={"offset": offset}))
        return LogPiece(answer.text, int(answer.headers["X-Next-Offset"]), answer.headers["X-Run-State"])

    def run(self, run_id: str) -> dict[str, Any]:
        """What the webhook knows of a run."""
        return self._send(lambda: self._http.get(f"{RUNS}/{run_id}")).json()

    def _send(self, request: Callable[[], httpx.Response], accept: tuple[int, ...] = (200,)) -> httpx.Response:
        """Raises WebhookUnreachable when all tries fail, WebhookRefusal for an answer that is not accepted."""
        for pause in (*self._pauses, None):
            try:
                answer = request()
            except httpx.TransportError as error:
                if pause is None:
                    raise WebhookUnreachable(
                        f"The webhook at {self._url} can't be reached: {error}. Is it running?"
                    ) from None
            else:
                if answer.status_code != UNAVAILABLE or pause is None:
                    break
            time.sleep(pause)
        if answer.status_code not in accept:
            raise refusal(answer)
        return answer


def refusal(answer: httpx.Response) -> WebhookRefusal:
    """What the body of an error says."""
    try:
        error = answer.json()["error"]
        sentence = f"{error['message']} {error['hint']}"
    except (ValueError, KeyError, TypeError):
        sentence = answer.text[:200]
    return WebhookRefusal(f"The webhook answered {answer.status_code}: {sentence}", answer.is_client_error)
