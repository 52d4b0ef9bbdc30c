"""The webhook: it is healthy, and the last dbt run of every pipeline was green."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from millrace_checks.finding import Finding
from millrace_contract.pipeline import Pipeline
from millrace_local.health import http_json


def webhook(settings: Mapping[str, str], known: Iterable[Pipeline]) -> Iterator[Finding]:
    """A finding for its health and one for the last finished run of every pipeline with models."""
    base = f"http://127.0.0.1:{settings['WEBHOOK_PORT']}"
    health = http_json(f"{base}/health") or {}
    yield Finding("webhook", health.get("status") == "healthy", health.get("status", "does not answer"))
    runs = (http_json(f"{base}/api/v1/runs") or {}).get("runs", [])
    for pipeline in known:
        if pipeline.dbt:
            yield last_run(pipeline.name, [run for run in runs if run["pipeline"] == pipeline.name])


def last_run(name: str, runs: list[dict[str, Any]]) -> Finding:
    """How the newest of a pipeline's runs that have ended came out. runs: newest first."""
    finished = [run for run in runs if run["state"] not in ("queued", "running")]
    if not finished:
        return Finding(f"dbt {name}", False, "no run has ended yet")
    last = finished[0]
    return Finding(f"dbt {name}", last["state"] == "success", f"last run {last['run_id']}: {last['state']}")
