"""What the order API of the sample store does for pages of other sites."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ELSEWHERE, REBOUND, ask
from millrace_checks.security.door import door
from millrace_local.services import services

UPDATE = "Update Millrace, or report it (SECURITY.md)"


def order_api(pipelines: Path, settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door; none where no pipeline needs it."""
    if "order-api" not in services(pipelines):
        return
    port = settings["ORDER_API_PORT"]
    # No order is placed should the request be let through: its body cannot be read.
    answer = ask(port, "POST", "/generate_order", {**ELSEWHERE, "Content-Type": "application/json"}, b"[")
    yield door("order API, a page of another site", answer.status == 403, answer.words, UPDATE)
    answer = ask(port, "GET", "/orders", REBOUND)
    yield door("order API, another name for this machine", answer.status == 403, answer.words, UPDATE)
