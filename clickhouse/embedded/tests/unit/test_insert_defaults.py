import pytest

from millrace_clickhouse.insert_defaults import Column, read_elsewhere

PLAIN = [Column(b"a", "", b""), Column(b"b", "DEFAULT", b"concat('x', 'y')"), Column(b"c", "ALIAS", b"a")]
LINKED = [Column(b"a", "", b""), Column(b"b.c", "", b""), Column(b"d", "DEFAULT", b"a + length(`b.c`)")]
HIDDEN = [Column(b"a", "EPHEMERAL", b"7"), Column(b"b", "DEFAULT", b"a"), Column(b"c", "MATERIALIZED", b"b")]


@pytest.mark.parametrize(
    ("columns", "listed", "elsewhere"),
    [
        (PLAIN, None, False),
        (PLAIN, b"a", False),
        (PLAIN, b"* EXCEPT(a)", True),
        (LINKED, None, False),
        (LINKED, b" d, `b.c` , a", False),
        (LINKED, b"b.c, a, d", False),
        (LINKED, b"a, b.c", False),
        (LINKED, b"a, d", True),
        (LINKED, b'"d"', True),
        (HIDDEN, None, True),
        (HIDDEN, b"b", True),
        (HIDDEN, b"a, b", False),
        ([*PLAIN, Column(b"d", "DEFAULT", b"c")], None, True),
    ],
)
def test_tells_defaults_of_columns_that_are_not_brought(
    columns: list[Column], listed: bytes | None, elsewhere: bool
) -> None:
    assert read_elsewhere(columns, listed) is elsewhere
