"""Tokens begin and end where the engine's do."""

import pytest

from millrace_clickhouse.lexer import Kind, tokens


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (b"a /* x /* y */ ; -- */ b", [b"a", b"b"]),
        (b"a /*/ b */ c", [b"a", b"c"]),
        (b"a /* b", [b"a", b"/", b"*", b"b"]),
        (b"a/**/b/***/c/* * / ; */d/*/**/ ' */e", [b"a", b"b", b"c", b"d", b"e"]),
        (b"a -- /*\nb /* -- */ c /* // */ # d */", [b"a", b"b", b"c"]),
        ("a\u00a0b\u2003c\ufeff".encode(), [b"a", b"b", b"c"]),
        ("‘a;’ “b;” c".encode(), ["‘a;’".encode(), "“b;”".encode(), b"c"]),
        (b"a -- b ; (\n// d ; (\n#! e\nc", [b"a", b"c"]),
        (
            b"'a' '' 'b''c' `` \"\" $$ $$ $a$ $b$ $a$ 'd",
            [b"'a'", b"''", b"'b''c'", b"``", b'""', b"$$ $$", b"$a$ $b$ $a$", b"'", b"d"],
        ),
        (b"$a$ b $c$", [b"$", b"a$", b"b", b"$", b"c$"]),
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


@pytest.mark.parametrize("opening", [b"/*", b"'\\", b"`\\", b'"\\', "‘".encode(), "“".encode()])
def test_what_does_not_end_is_looked_for_once(opening: bytes) -> None:
    """Anything else would take hours, in which no other request is served."""
    assert sum(1 for _ in tokens(opening * 100_000)) >= 100_000


def test_each_tag_is_looked_for_once() -> None:
    assert sum(1 for _ in tokens(b"".join(b"$%d$ " % number for number in range(100_000)))) >= 100_000
