"""Waits until something answers, never for a fixed time."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from millrace_local.problem import Problem

POLL = 0.2  # seconds


def wait_until(healthy: Callable[[], bool], what: str, timeout: float, failed: Callable[[], str | None]) -> None:
    """Returns as soon as healthy() is true.

    timeout: seconds. failed(): a sentence when waiting has become pointless. Raises Problem then, and when time is up.
    """
    deadline = time.monotonic() + timeout
    while not healthy():
        reason = failed()
        if reason is None and time.monotonic() > deadline:
            reason = f"{what} did not become healthy within {timeout:.0f} s"
        if reason is not None:
            raise Problem(reason, f"Look at ./run.sh --logs {what}")
        time.sleep(POLL)


def http_ok(url: str) -> bool:
    """True when a GET answers with a status below 300."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (OSError, urllib.error.HTTPError):
        return False


def http_json(url: str) -> Any:
    """The JSON that a GET answers; None when it does not answer, or not with JSON."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)
    except (OSError, ValueError):
        return None
