import pytest

from millrace_clickhouse.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ë 表", "plain ë 表"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x1b[31m\x00\x7f\x9b", "\\x1b[31m\\x00\\x7f\\x9b"),
        ("a\udcffb", "a\\udcffb"),
        ("\u2028\u202e", "\\u2028\\u202e"),
    ],
)
def test_shows_what_cannot_be_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_keeps_what_it_is_told_to() -> None:
    assert visible("a\nb\rc", kept="\n") == "a\nb\\rc"
