"""The webhook: it is healthy, and the last dbt run was green."""

from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_local.health import http_json


def webhook(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for its health and one for its last finished run."""
    base = f"http://127.0.0.1:{settings['WEBHOOK_PORT']}"
    health = http_json(f"{base}/health") or {}
    yield Finding("webhook", health.get("status") == "healthy", health.get("status", "does not answer"))
    runs = (http_json(f"{base}/api/v1/runs") or {}).get("runs", [])
    finished = [run for run in runs if run["state"] != "running"]
    if not finished:
        yield Finding("dbt", False, "no run has ended yet")
        return
    last = finished[0]
    yield Finding("dbt", last["state"] == "success", f"last run {last['run_id']}: {last['state']}")
