"""What a run of dbt did, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

GOOD = ("success", "pass", "warn", "skipped", "no-op")
# Codes of runs that the webhook ended: what dbt said of its models then is not the reason.
ENDED = ("cancelled", "timed_out", "webhook_stopped")
LONGEST_MESSAGE = 300  # characters


def summary_lines(run: Mapping[str, Any]) -> Iterator[str]:
    """A line for each model, then one for everything."""
    models = [node for node in nodes(run) if node["type"] == "model"]
    width = max((len(node["name"]) for node in models), default=0)
    for node in models:
        yield f"{node['name']:<{width}}  {node['status']:<8} {node['seconds']:>7.2f} s"
    counts = ", ".join(f"{count} {name}" for name, count in (run.get("summary") or {}).items() if count)
    yield f"dbt {run['state']} in {run.get('seconds') or 0:.1f} s: {counts or 'nothing was built'}"


def failure_sentence(run: Mapping[str, Any]) -> str:
    """Names what failed, and why."""
    failed = [node for node in nodes(run) if node["status"] not in GOOD]
    error = run.get("error") or {"code": "", "message": "The webhook does not say why.", "hint": ""}
    if not failed or error["code"] in ENDED:
        return f"dbt failed: {error['message']} {error['hint']}".rstrip()
    return "dbt failed: " + "; ".join(one_failure(node) for node in failed)


def one_failure(node: Mapping[str, Any]) -> str:
    """A node, its kind and dbt's message in one line."""
    message = " ".join(node["message"].split())
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + "…"
    return f"{node['type']} {node['name']} ({message or node['status']})"


def nodes(run: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """All nodes that dbt looked at; none before the run has ended."""
    return run.get("models") or []
