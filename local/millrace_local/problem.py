"""An error that people can act on."""

BAD_CONFIGURATION = 2
UNREACHABLE = 3
FAILED = 1


class Problem(Exception):
    """What went wrong, what to do about it, and the exit code that tells scripts which kind it is.

    exit_code: 1 failed while running; 2 bad configuration or a missing tool; 3 a server or the network can't be
    reached.
    """

    def __init__(self, sentence: str, hint: str, exit_code: int = FAILED) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.exit_code = exit_code
