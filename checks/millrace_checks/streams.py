"""Pipelines that are followed: how far behind each is, what its source keeps for it, what is in quarantine."""

from collections.abc import Iterator

from millrace_checks.finding import Finding
from millrace_dags.stream_state import Limits, stream_state
from millrace_local.followers import Follower


def stream(follower: Follower) -> Iterator[Finding]:
    """One finding: the stream goes on, within its limits."""
    status = follower.status()
    if not status:
        yield Finding(follower.name, False, f"nobody answers on port {follower.port}")
        return
    state = stream_state(status)
    complaints = state.complaints(Limits())
    yield Finding(follower.name, not complaints and not state.copying, " ".join(complaints) or state.line())
