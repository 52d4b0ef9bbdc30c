"""What a connection receives: first the head of a request, gathered as it comes, then all that follows."""

from __future__ import annotations

import socket
from enum import Enum, auto

# What ClickHouse takes of an address (http_max_uri_size), and as much again for the header lines.
MAX_HEAD_BYTES = 2 << 20
_PIECE_BYTES = 1 << 16
_LINE_PIECE_BYTES = 1 << 13
_HEAD_END = b"\r\n\r\n"


class Head(Enum):
    """How much of the next request's head is there."""

    PARTIAL = auto()
    COMPLETE = auto()
    TOO_LARGE = auto()
    GONE = auto()


class Incoming:
    """A reader over a socket that knows whether the head of a request has come."""

    def __init__(self, source: socket.socket) -> None:
        self._socket = source
        self._data = bytearray()
        self._at = 0
        self._looked = 0
        self.bytes_read = 0
        self.closed = False

    @property
    def waiting_bytes(self) -> int:
        """How much has come that nobody has read."""
        return len(self._data) - self._at

    def gather(self) -> Head:
        """Takes what has come, without waiting for more."""
        try:
            data = self._socket.recv(_PIECE_BYTES)
        except BlockingIOError:
            return self.head()
        except OSError:
            return Head.GONE
        if not data:
            return Head.GONE
        self._data += data
        return self.head()

    def head(self) -> Head:
        """How much of the next head has come already."""
        start = max(self._at, self._looked - len(_HEAD_END))
        self._looked = len(self._data)
        if self._data.find(_HEAD_END, start) >= 0:
            return Head.COMPLETE
        return Head.TOO_LARGE if self.waiting_bytes > MAX_HEAD_BYTES else Head.PARTIAL

    def has_data(self) -> bool:
        """Whether something has come that nobody has read."""
        return self.waiting_bytes > 0

    def read1(self, size: int) -> bytes:
        """At most `size` bytes, as they are there; none at the end of the connection."""
        if self.waiting_bytes:
            return self._take(size)
        data = self._socket.recv(size)
        self.bytes_read += len(data)
        return data

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, fewer at the end of the connection."""
        data = self.read1(size) if size else b""
        if len(data) == size or not data:
            return data
        parts, missing = [data], size - len(data)
        while missing and (data := self.read1(missing)):
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def readline(self, size: int) -> bytes:
        """The next line with its end, or `size` bytes of it, or what there is at the end of the connection."""
        start = self._at
        while (end := self._data.find(b"\n", start, self._at + size)) < 0 and self.waiting_bytes < size:
            start = len(self._data)
            data = self._socket.recv(_LINE_PIECE_BYTES)
            if not data:
                return self._take(size)
            self._data += data
        return self._take(end + 1 - self._at if end >= 0 else size)

    def close(self) -> None:
        """Drops what has come."""
        self._data, self._at, self.closed = bytearray(), 0, True

    def _take(self, size: int) -> bytes:
        taken = bytes(self._data[self._at : self._at + size])
        self._at += len(taken)
        self.bytes_read += len(taken)
        if self._at == len(self._data):
            self._data, self._at = bytearray(), 0
        elif self._at > _PIECE_BYTES:
            del self._data[: self._at]
            self._at = 0
        self._looked = self._at
        return taken
