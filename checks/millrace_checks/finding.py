"""What one look at the product showed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST = 200


@dataclass(frozen=True)
class Finding:
    """subject: what was looked at; holds: whether it is as it should be; detail: the values seen, or what is wrong."""

    subject: str
    holds: bool
    detail: str


@dataclass(frozen=True)
class Check:
    """A named look that yields findings; anything it raises counts as one that does not hold."""

    name: str
    look: Callable[[], Iterator[Finding]]

    def findings(self) -> list[Finding]:
        """Everything the look found before its end or its first exception."""
        found: list[Finding] = []
        try:
            found.extend(self.look())
        except Exception as error:
            found.append(Finding(self.name, False, first_line(error)))
        return found


def first_line(error: Exception | str) -> str:
    """An exception, or what a server said, as one line of at most 200 characters."""
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:LONGEST]
