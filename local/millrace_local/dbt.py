"""Has the webhook run dbt, and waits for the end."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from millrace_local.health import OPENER, http_json
from millrace_local.problem import FAILED, UNREACHABLE, Problem

POLL = 0.5  # seconds
BUSY = 409


def build_models(settings: Mapping[str, str], pipeline: str) -> str:
    """Runs dbt for a pipeline and returns a line on it; raises Problem when it fails or the webhook does not answer."""
    runs = f"http://127.0.0.1:{settings['WEBHOOK_PORT']}/api/v1/runs"
    while "run_id" not in (begun := start(runs, pipeline)):
        time.sleep(POLL)
    while (run := http_json(f"{runs}/{begun['run_id']}") or {}).get("state", "running") == "running":
        time.sleep(POLL)
    if run["state"] != "success":
        error = run.get("error") or {}
        raise Problem(f"dbt {run['state']}: {error.get('message', 'no reason is given.')}", "./run.sh --logs webhook")
    counts = ", ".join(f"{count} {name}" for name, count in (run.get("summary") or {}).items() if count)
    return f"dbt: {counts or run['state']}"


def start(runs: str, pipeline: str) -> dict[str, Any]:
    """What the webhook answers; empty while it runs dbt for somebody else."""
    body = json.dumps({"pipeline": pipeline}).encode()
    request = urllib.request.Request(runs, body, {"Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=30) as answer:
            begun: dict[str, Any] = json.load(answer)
            return begun
    except urllib.error.HTTPError as error:
        if error.code == BUSY:
            return {}
        raise Problem(f"the webhook refuses to run dbt: {error.read().decode()[:300]}", "", FAILED) from None
    except OSError as error:
        raise Problem(f"the webhook can't be reached: {error}.", "Start it: ./run.sh", UNREACHABLE) from None
