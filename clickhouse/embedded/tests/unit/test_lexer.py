"""Tokens begin and end where the engine's do."""

import pytest

from millrace_clickhouse.lexer import Kind, tokens


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (b"a /* x /* y */ ; -- */ b", [b"a", b"b"]),
        (b"a /*/ b */ c", [b"a", b"c"]),
        (b"a /* b", [b"a", b"/", b"*", b"b"]),
        ("a\u00a0b\u2003c\ufeff".encode(), [b"a", b"b", b"c"]),
        ("‘a;’ “b;” c".encode(), ["‘a;’".encode(), "“b;”".encode(), b"c"]),
        (b"a -- b ; (\n// d ; (\n#! e\nc", [b"a", b"c"]),
        (b"$a$;$a$ a$$", [b"$a$;$a$", b"a$$"]),
        (b"'a\\';''' `a``;`", [b"'a\\';'''", b"`a``;`"]),
    ],
)
def test_tokens(sql: bytes, found: list[bytes]) -> None:
    assert [token.text for token in tokens(sql)] == found


def test_kinds() -> None:
    kinds = [token.kind for token in tokens("‘a’ “b” c 1 ( é".encode())]
    assert kinds[:5] == [Kind.STRING, Kind.QUOTED, Kind.WORD, Kind.NUMBER, Kind.SYMBOL]
    assert set(kinds[5:]) == {Kind.SYMBOL}
