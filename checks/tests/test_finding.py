"""A look that breaks is a finding that does not hold, and keeps what it found before."""

from collections.abc import Iterator

from millrace_checks.finding import Check, Finding


def test_an_exception_is_a_red_line() -> None:
    def look() -> Iterator[Finding]:
        yield Finding("a", True, "fine")
        raise OSError("connection refused\nmore")

    assert Check("chain", look).findings() == [
        Finding("a", True, "fine"),
        Finding("chain", False, "connection refused"),
    ]
