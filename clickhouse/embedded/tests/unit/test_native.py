import struct

import pytest

from millrace_clickhouse.native_columns import ColumnType, UnknownColumn, column_end, split_arguments
from millrace_clickhouse.native_protocol import all_blocks, one_block

INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"


def text(value: str) -> bytes:
    return bytes([len(value)]) + value.encode()


@pytest.mark.parametrize(
    ("kind", "data", "rows"),
    [
        ("UInt8", b"\x01\x02", 2),
        ("DateTime64(6, 'UTC')", bytes(16), 2),
        ("Decimal(20, 2)", bytes(32), 2),
        ("FixedString(3)", b"abcdef", 2),
        ("String", b"\x01a\x00", 2),
        ("Nullable(String)", b"\x00\x01\x01a\x00", 2),
        ("Enum8('a,(' = 1)", b"\x01", 1),
        ("Array(UInt16)", struct.pack("<QQ", 1, 3) + bytes(6), 2),
        ("Array(Array(UInt8))", struct.pack("<Q", 2) + struct.pack("<QQ", 1, 1) + b"\x05", 1),
        ("Map(String, UInt8)", struct.pack("<Q", 1) + b"\x01k" + b"\x09", 1),
        ("Tuple(a UInt8, b String)", b"\x01\x02" + b"\x01x\x01y", 2),
        (
            "LowCardinality(String)",
            struct.pack("<QQQ", 1, 1 << 9, 2) + b"\x00\x01a" + struct.pack("<Q", 2) + b"\x01\x01",
            2,
        ),
        ("SimpleAggregateFunction(sum, UInt64)", bytes(8), 1),
    ],
)
def test_knows_where_a_column_ends(kind: str, data: bytes, rows: int) -> None:
    assert column_end(ColumnType.parse(kind), b"xx" + data + b"rest", 2, rows) == 2 + len(data)


def test_does_not_guess() -> None:
    with pytest.raises(UnknownColumn):
        column_end(ColumnType.parse("Dynamic"), b"", 0, 1)


def test_splits_arguments() -> None:
    assert split_arguments("'a,b' = 1, Tuple(x, y), ") == ["'a,b' = 1", "Tuple(x, y)", ""]


def test_tells_the_time_zone_of_a_column() -> None:
    head, data = b"\x02\x01" + text("s") + text("String") + b"\x01x" + text("d"), bytes(4)
    kinds = ["String", "DateTime('Asia/Tokyo')"]
    assert one_block(head + text("DateTime") + data, kinds) == INFO + head + text(kinds[1]) + data


def test_leaves_columns_it_cannot_step_over() -> None:
    block = b"\x02\x01" + text("j") + text("JSON") + b"???" + text("d") + text("DateTime") + bytes(4)
    assert one_block(block, ["JSON", "DateTime('UTC')"]) == INFO + block


def test_puts_block_info_before_every_block() -> None:
    block = b"\x01\x01" + text("a") + text("UInt8") + b"\x07"
    assert all_blocks(block + block) == INFO + block + INFO + block
