"""What a line of --security says: what was tried, what came back and, where a door is open, what to do."""

from millrace_checks.finding import Finding


def door(tried: str, closed: bool, answer: str, remedy: str) -> Finding:
    """A finding on one door. remedy: a sentence, shown only when the door is open."""
    return Finding(tried, closed, answer if closed else f"{answer}. {remedy}")
