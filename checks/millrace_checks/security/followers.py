"""What followers do for pages of other sites; that they listen for this machine alone is told with the listeners."""

from collections.abc import Iterator
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_checks.security.asking import ELSEWHERE, ask
from millrace_checks.security.door import door
from millrace_local.followers import followers

UPDATE = "Update Millrace, or report it (SECURITY.md)"


def follower_doors(pipelines: Path) -> Iterator[Finding]:
    """A finding a door."""
    for follower in followers(pipelines):
        # A table that never was, so that nothing changes should a request be let through.
        answer = ask(str(follower.port), "POST", "/recopy?table=millrace.never", ELSEWHERE)
        yield door(f"{follower.name}, a page of another site", answer.refused, answer.words, UPDATE)
        answer = ask(str(follower.port), "POST", "/status")
        yield door(f"{follower.name}, a status that is written to", answer.refused, answer.words, UPDATE)
