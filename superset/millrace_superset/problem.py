"""What stops Superset from being prepared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem(Exception):
    """code: exit status (2 bad configuration, 3 a server can't be reached, 1 otherwise); hint: what to do about it."""

    code: int
    sentence: str
    hint: str

    def __str__(self) -> str:
        return f"{self.sentence}\n  {self.hint}"
