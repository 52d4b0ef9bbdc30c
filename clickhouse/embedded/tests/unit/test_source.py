import pytest

from millrace_clickhouse.body import Parts
from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.source import read_head, read_input_head, read_rest


def endless(begin: bytes) -> Parts:
    def parts():
        yield begin
        while True:
            yield b" -- more\n" * 10_000

    return Parts(parts())


@pytest.mark.parametrize("begin", [b"SELECT 1", b"INSERT INTO t /* ", b"INSERT INTO t (", b"INSERT INTO t SELECT "])
def test_a_statement_without_an_end_is_refused(begin: bytes) -> None:
    with pytest.raises(ClickHouseError) as refused:
        source = endless(begin)
        head, complete, _ = read_head(source)
        read_input_head(head, complete, source)
        read_rest(head, source)
    assert refused.value.code == 229


def test_what_is_no_part_of_the_statement_is_not_counted() -> None:
    source = endless(b"INSERT INTO t FORMAT TSV\n")
    _, complete, head = read_head(source)
    assert head is not None and not complete
    assert sum(len(source.read(1 << 18)) for _ in range(1000)) > 16 << 20
