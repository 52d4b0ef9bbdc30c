"""The text of a request: its statement, and the data that follows the statement in the same stream."""

from __future__ import annotations

from collections.abc import Iterator

from .block_framing import blocks
from .body import Parts, Readable
from .content_coding import decoded
from .errors import ClickHouseError
from .request import QueryRequest
from .statement import InputHead, InsertHead, NeedMore, input_head, insert_head

_HEAD_BYTES = 1 << 16
# The engine itself takes 256 KiB, unless max_query_size says more. The data of an INSERT is no part of its statement.
_STATEMENT_BYTES = 16 << 20


def source_of(request: QueryRequest, body: Readable, coding: str) -> Parts:
    """The statement and its data: `?query=`, a line end, then the body with its compression undone."""
    parts = decoded(body, coding)
    plain = blocks(Parts(parts)) if request.decompress else parts
    return Parts(_joined(request.query, plain))


def _joined(query: bytes, plain: Iterator[bytes]) -> Iterator[bytes]:
    if not query:
        yield from plain
        return
    first = next((part for part in plain if part), None)
    yield query + b"\n" if first else query
    if first:
        yield first
    yield from plain


def read_head(source: Parts) -> tuple[bytes, bool, InsertHead | None]:
    """The first part of the text, whether that is all of it, and the head of the INSERT that it begins, if it does."""
    begin, complete = b"", False
    while True:
        while not complete and len(begin) < _HEAD_BYTES:
            part = source.read(_HEAD_BYTES)
            begin, complete = begin + part, not part
        try:
            return begin, complete, insert_head(begin, complete)
        except NeedMore:
            begin, complete = _twice(begin, source)


def read_input_head(begin: bytes, complete: bool, source: Parts) -> tuple[bytes, InputHead] | None:
    """The first part of the text and the head of the INSERT … SELECT FROM input() that it begins, if it does."""
    while True:
        try:
            head = input_head(begin, complete)
            return (begin, head) if head else None
        except NeedMore:
            begin, complete = _twice(begin, source)


def _twice(begin: bytes, source: Parts) -> tuple[bytes, bool]:
    """As much again of the text, and whether that is all of it: so each byte is looked at twice, not once a piece."""
    wanted, parts, size = 2 * len(begin) + 1, [begin], len(begin)
    while size < wanted and (part := source.read(wanted - size)):
        parts.append(part)
        size += len(part)
        _check_size(size)
    return b"".join(parts), size < wanted


def read_rest(begin: bytes, source: Parts) -> bytes:
    parts, size = [begin], len(begin)
    for part in source.parts():
        parts.append(part)
        size += len(part)
        _check_size(size)
    return b"".join(parts)


def _check_size(size: int) -> None:
    if size > _STATEMENT_BYTES:
        raise ClickHouseError.of(229, "QUERY_IS_TOO_LARGE", f"Query is larger than {_STATEMENT_BYTES} bytes")
