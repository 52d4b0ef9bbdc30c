"""The bytes of a request: read from the connection, never all at once."""

import re
from collections.abc import Iterator
from typing import Protocol

from .errors import BrokenBody, ClientGone

_DRAIN_BYTES = 1 << 18
_MAX_LINE_BYTES = 1 << 13
_MAX_TRAILER_LINES = 100
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(;[^\x00-\x08\x0a-\x1f\x7f]*)?")


class Readable(Protocol):
    """Anything with `read(n)` that returns at most n bytes, and none at the end."""

    def read(self, size: int) -> bytes: ...


class Stream(Protocol):
    """The connection below a body."""

    def read(self, size: int) -> bytes: ...

    def read1(self, size: int) -> bytes: ...

    def readline(self, size: int) -> bytes: ...


class SizedBody:
    """A body of `length` bytes."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream = stream
        self.remaining = length

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end. Raises ClientGone when the connection ends early."""
        if self.remaining == 0:
            return b""
        data = self._stream.read1(min(size, self.remaining))
        if not data:
            raise ClientGone
        self.remaining -= len(data)
        return data


class ChunkedBody:
    """A body in chunks; what follows the last chunk up to the empty line is skipped."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._chunk = 0
        self._ended = False

    @property
    def remaining(self) -> bool:
        """Whether something is still to come."""
        return not self._ended

    def read(self, size: int) -> bytes:
        """
        At most `size` bytes, none at the end. Raises ClientGone when the connection ends early, BrokenBody when what
        should be a chunk is none.
        """
        if self._chunk == 0 and not self._ended:
            self._next_chunk()
        if self._ended:
            return b""
        # As much as was asked for, or all of the chunk: what arrives at once is a hundredth of that, and costs as much.
        wanted = min(size, self._chunk)
        data = self._stream.read(wanted)
        if len(data) < wanted:
            raise ClientGone
        self._chunk -= wanted
        if self._chunk == 0 and self._line():
            raise BrokenBody("A chunk of the request's body is longer than its size says.")
        return data

    def _next_chunk(self) -> None:
        size = _CHUNK.fullmatch(self._line())
        if size is None:
            raise BrokenBody("Unexpected data instead of the size of a chunk of the request's body.")
        self._chunk = int(size[1], 16)
        if self._chunk == 0:
            self._skip_trailer()
            self._ended = True

    def _skip_trailer(self) -> None:
        for _ in range(_MAX_TRAILER_LINES):
            if not self._line():
                return
        raise BrokenBody("Too many lines follow the last chunk of the request's body.")

    def _line(self) -> bytes:
        line = self._stream.readline(_MAX_LINE_BYTES)
        if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
            raise BrokenBody("A line between the chunks of the request's body is too long.")
        if not line.endswith(b"\n"):
            raise ClientGone
        return line[:-1].removesuffix(b"\r")


class Parts:
    """A reader over an iterator of byte strings."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._part = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end."""
        while self._at == len(self._part):
            part = next(self._parts, None)
            if part is None:
                return b""
            self._part, self._at = part, 0
        data = self._part[self._at : self._at + size]
        self._at += len(data)
        return data

    def parts(self) -> Iterator[bytes]:
        """Everything left, in the sizes it comes."""
        if self._at < len(self._part):
            rest, self._part, self._at = self._part[self._at :], b"", 0
            yield rest
        yield from (part for part in self._parts if part)


def drain(body: Readable) -> None:
    """Reads what the client still sends, so that it can read the answer."""
    while body.read(_DRAIN_BYTES):
        pass
