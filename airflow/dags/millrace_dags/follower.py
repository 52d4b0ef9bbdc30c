"""The part of a follower's API that a DAG uses."""

import time
from collections.abc import Callable
from typing import Any

import httpx
from airflow.sdk.exceptions import AirflowException

UNKNOWN_PATH = "unknown-path"


class FollowerUnreachable(AirflowException):
    """It does not answer, even after some tries."""


class FollowerRefusal(AirflowException):
    """It answered that it won't."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code


class Follower:
    """A client that waits out a restart of the follower."""

    def __init__(self, url: str, pauses: tuple[float, ...] = (0.5, 1, 2, 4, 8)) -> None:
        """pauses: seconds to wait before each further try when it can't be reached."""
        self._url = url
        self._pauses = pauses
        # Not trust_env: a proxy for the outside world must not see calls to our own services.
        self._http = httpx.Client(base_url=url, timeout=90, trust_env=False)

    def status(self) -> dict[str, Any]:
        """What it says of itself and of each table."""
        return self._send(lambda: self._http.get("/status"))

    def post(self, path: str) -> dict[str, Any]:
        """Has it do something. Raises FollowerRefusal when it won't."""
        return self._send(lambda: self._http.post(path))

    def _send(self, request: Callable[[], httpx.Response]) -> dict[str, Any]:
        for pause in (*self._pauses, None):
            try:
                answer = request()
                break
            except httpx.TransportError as error:
                if pause is None:
                    sentence = f"The follower at {self._url} can't be reached: {error}. Is it running?"
                    raise FollowerUnreachable(sentence) from None
                time.sleep(pause)
        if answer.is_error:
            raise refusal(answer)
        read: dict[str, Any] = answer.json()
        return read


def refusal(answer: httpx.Response) -> FollowerRefusal:
    """What the body of an error says."""
    try:
        problem = answer.json()
        sentence, code = f"{problem['sentence']} {problem['hint']}", problem["code"]
    except (ValueError, KeyError, TypeError):
        sentence, code = answer.text[:200], UNKNOWN_PATH if answer.status_code == 404 else ""
    return FollowerRefusal(f"The follower answered {answer.status_code}: {sentence}", code)
