"""Has the webhook run dbt, and waits for the end."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from millrace_local.health import OPENER, PATIENCE
from millrace_local.problem import FAILED, UNREACHABLE, Problem

POLL = 0.5  # seconds
FULL = 429  # too many runs wait already
GOING_ON = ("queued", "running")


def build_models(settings: Mapping[str, str], pipeline: str, full_refresh: bool = False) -> str:
    """Runs dbt for a pipeline and returns a line on it; raises Problem when it fails or the webhook does not answer."""
    wanted: dict[str, Any] = {"pipeline": pipeline, **({"full_refresh": True} if full_refresh else {})}
    while not (run := ask(settings, "", wanted)):
        time.sleep(POLL)
    while run["state"] in GOING_ON:
        time.sleep(POLL)
        run = ask(settings, f"/{run['run_id']}")
    if run["state"] != "success":
        error = run.get("error") or {}
        raise Problem(f"dbt {run['state']}: {error.get('message', 'no reason is given.')}", "./run.sh --logs webhook")
    counts = ", ".join(f"{count} {name}" for name, count in (run.get("summary") or {}).items() if count)
    return f"dbt: {counts or run['state']}"


def ask(settings: Mapping[str, str], path: str, body: object = None) -> dict[str, Any]:
    """What the webhook answers about runs; empty where it has no room for another one."""
    address = f"http://127.0.0.1:{settings['WEBHOOK_PORT']}/api/v1/runs{path}"
    request = urllib.request.Request(address, None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    if token := settings.get("WEBHOOK_TOKEN"):
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with OPENER.open(request, timeout=PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        if error.code == FULL:
            return {}
        raise Problem(f"the webhook refuses to run dbt: {error.read().decode()[:300]}", "", FAILED) from None
    except OSError as error:
        raise Problem(f"the webhook can't be reached: {error}.", "Start it: ./run.sh", UNREACHABLE) from None
