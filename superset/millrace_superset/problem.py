"""What stops Superset from being prepared or asked."""


class Problem(Exception):
    """code: exit status (2 bad configuration, 3 a server can't be reached, 1 otherwise); hint: what to do about it."""

    def __init__(self, code: int, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint


class Refused(Problem):
    """An answer of Superset that is an error; status: its HTTP status; reason: its message."""

    def __init__(self, path: str, status: int, reason: str) -> None:
        super().__init__(1, f"Superset answered /api/v1/{path} with HTTP {status}: {reason}", "Look at Superset's log.")
        self.status = status
        self.reason = reason
