import io

import pytest
import zstandard

from millrace_clickhouse.block_framing import blocks, frame
from millrace_clickhouse.errors import ClickHouseError


@pytest.mark.parametrize("size", [0, 1, 100, (1 << 20) + 7])
def test_what_is_framed_comes_back(size: int) -> None:
    data = bytes(number * 7 % 251 for number in range(size))
    assert b"".join(blocks(io.BytesIO(frame(data)))) == data


def test_the_bytes_are_those_of_a_clickhouse_server() -> None:
    assert frame(b"1\tx\n2\ty\n").hex() == "dad00869c8bfaa659b048cfff3affa40821200000008000000803109780a3209790a"


def test_a_block_that_was_not_compressed() -> None:
    assert b"".join(blocks(io.BytesIO(_uncompressed(b"abc")))) == b"abc"


def test_refuses_a_damaged_block() -> None:
    damaged = bytearray(frame(b"some data"))
    damaged[-1] ^= 1
    with pytest.raises(ClickHouseError) as refused:
        list(blocks(io.BytesIO(damaged)))
    assert refused.value.code == 40


def test_refuses_a_block_that_ends_early() -> None:
    with pytest.raises(ClickHouseError) as refused:
        list(blocks(io.BytesIO(frame(b"some data")[:-1])))
    assert refused.value.code == 33


def _uncompressed(data: bytes) -> bytes:
    from millrace_clickhouse.block_framing import _HEADER, _checksum

    block = _HEADER.pack(0x02, len(data) + _HEADER.size, len(data)) + data
    return _checksum(block) + block


@pytest.mark.parametrize("size", [(16 << 20) + 1, 1 << 30])
@pytest.mark.parametrize("method", [0x82, 0x90])
def test_refuses_a_block_that_would_become_large(method: int, size: int) -> None:
    with pytest.raises(ClickHouseError) as refused:
        list(blocks(io.BytesIO(_block(method, size, b"x"))))
    assert refused.value.code == 39


def test_refuses_a_zstd_block_that_tells_two_sizes() -> None:
    with pytest.raises(ClickHouseError) as refused:
        list(blocks(io.BytesIO(_block(0x90, 100, zstandard.ZstdCompressor().compress(bytes(50 << 20))))))
    assert refused.value.code == 271


def _block(method: int, size: int, data: bytes) -> bytes:
    from millrace_clickhouse.block_framing import _HEADER, _checksum

    block = _HEADER.pack(method, len(data) + _HEADER.size, size) + data
    return _checksum(block) + block
