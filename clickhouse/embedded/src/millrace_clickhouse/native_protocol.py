"""
Native blocks as a client with a `client_protocol_version` wants them.

The engine writes them for clients of no version: without block info, with plain `DateTime` where a column has a time
zone of its own. Clients of the versions here want both.
"""

from __future__ import annotations

from collections.abc import Iterator

from .native_columns import ColumnType, UnknownColumn, column_end, varint

_BLOCK_INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"
_WITH_BLOCK_INFO = 51903
_WITH_TIME_ZONE = 54337
_WITH_SERIALIZATION_KIND = 54454


def wanted(version: int) -> bool:
    """Whether clients of this version get blocks other than the engine's."""
    return _WITH_BLOCK_INFO <= version < _WITH_SERIALIZATION_KIND


def with_time_zones(version: int) -> bool:
    """Whether clients of this version are told the time zone of a DateTime column."""
    return version >= _WITH_TIME_ZONE


def one_block(data: bytes, types: list[str]) -> bytes:
    """One whole block, with block info, its columns' types told as in `types` (all types of the result, or none)."""
    last = max((at for at, kind in enumerate(types) if kind.startswith("DateTime(")), default=-1)
    if last < 0 or not data:
        return _BLOCK_INFO + data if data else b""
    try:
        return _BLOCK_INFO + b"".join(_told(data, types, last))
    except UnknownColumn:
        return _BLOCK_INFO + data


def all_blocks(data: bytes) -> bytes:
    """Whole blocks one after another, each with block info. Blocks of unknown columns are taken for one."""
    at, found = 0, []
    try:
        while at < len(data):
            end = _block_end(data, at)
            found.append(_BLOCK_INFO + data[at:end])
            at = end
    except UnknownColumn:
        found.append(_BLOCK_INFO + data[at:])
    return b"".join(found)


def _told(data: bytes, types: list[str], last: int) -> Iterator[bytes]:
    _, at = varint(data, 0)
    rows, at = varint(data, at)
    yield data[:at]
    for column in range(last + 1):
        begin = at
        _, at = _text(data, at)
        yield data[begin:at]
        kind, at = _text(data, at)
        told = types[column] if kind == "DateTime" else kind
        yield _sized(told)
        end = column_end(ColumnType.parse(kind), data, at, rows)
        yield data[at:end]
        at = end
    yield data[at:]


def _block_end(data: bytes, at: int) -> int:
    columns, at = varint(data, at)
    rows, at = varint(data, at)
    for _ in range(columns):
        _, at = _text(data, at)
        kind, at = _text(data, at)
        at = column_end(ColumnType.parse(kind), data, at, rows)
    return at


def _text(data: bytes, at: int) -> tuple[str, int]:
    length, at = varint(data, at)
    return data[at : at + length].decode("utf-8", "surrogateescape"), at + length


def _sized(text: str) -> bytes:
    body, head = text.encode("utf-8", "surrogateescape"), bytearray()
    length = len(body)
    while length >= 0x80:
        head.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes(head) + bytes([length]) + body
