"""
ClickHouse's own compressed blocks, as `compress=1` sends and `decompress=1` receives them.

A block is 16 bytes of checksum (CityHash128 1.0.2 of the rest), one byte of method, the compressed size with these
nine bytes and the size of the data (both 32 bits, little endian), then the compressed data.
"""

import struct
from collections.abc import Iterator

import lz4.block
import zstandard
from clickhouse_cityhash.cityhash import CityHash128

from .body import Readable
from .errors import ClickHouseError

_HEADER = struct.Struct("<BII")
_CHECKSUM = struct.Struct("<QQ")
_LZ4, _ZSTD, _NONE = 0x82, 0x90, 0x02
_BLOCK_BYTES = 1 << 20
# Clients make blocks of 1 MiB; a server takes any up to 1 GiB, which would be memory that a few bytes can ask for.
_MAX_BLOCK_BYTES = 16 << 20


def frame(data: bytes) -> bytes:
    """`data` (any length) as one or more LZ4 blocks."""
    return b"".join(_block(data[at : at + _BLOCK_BYTES]) for at in range(0, len(data), _BLOCK_BYTES))


def _block(data: bytes) -> bytes:
    body = lz4.block.compress(data, store_size=False)
    block = _HEADER.pack(_LZ4, len(body) + _HEADER.size, len(data)) + body
    return _checksum(block) + block


def _checksum(block: bytes) -> bytes:
    both = CityHash128(block)
    return _CHECKSUM.pack(both >> 64, both & 0xFFFFFFFFFFFFFFFF)


def blocks(source: Readable) -> Iterator[bytes]:
    """The data of each block of `source`. Raises ClickHouseError (40, 271, 432) when a block is damaged or unknown."""
    while checksum := _exactly(source, _CHECKSUM.size, allow_end=True):
        header = _exactly(source, _HEADER.size)
        method, compressed, size = _HEADER.unpack(header)
        if max(compressed, size) > _MAX_BLOCK_BYTES or compressed < _HEADER.size:
            raise ClickHouseError.of(39, "CANNOT_DECOMPRESS", "Too large or too small compressed block.")
        body = _exactly(source, compressed - _HEADER.size)
        if _checksum(header + body) != checksum:
            raise ClickHouseError.of(40, "CHECKSUM_DOESNT_MATCH", "Checksum doesn't match: corrupted data.")
        yield _decompress(method, body, size)


def _decompress(method: int, body: bytes, size: int) -> bytes:
    try:
        if method == _LZ4:
            return lz4.block.decompress(body, uncompressed_size=size)
        if method == _ZSTD:
            if zstandard.frame_content_size(body) not in (-1, size):
                raise zstandard.ZstdError("the frame tells another size than the block")
            return zstandard.ZstdDecompressor().decompress(body, max_output_size=size)
    except (lz4.block.LZ4BlockError, zstandard.ZstdError) as error:
        raise ClickHouseError.of(271, "CANNOT_DECOMPRESS", f"Cannot decompress: {error}.") from error
    if method == _NONE:
        return body
    raise ClickHouseError.of(432, "UNKNOWN_CODEC", f"Unknown codec family code: {method}.")


def _exactly(source: Readable, size: int, allow_end: bool = False) -> bytes:
    parts, missing = [], size
    while missing:
        part = source.read(missing)
        if not part:
            if allow_end and missing == size:
                return b""
            raise ClickHouseError.of(33, "CANNOT_READ_ALL_DATA", "Cannot read all data of a compressed block.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
