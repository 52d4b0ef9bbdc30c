"""multipart/form-data bodies: parameters and the data of external tables, in the order they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from .body import Readable
from .errors import ClickHouseError

_READ_BYTES = 1 << 18
_MAX_HEADER_BYTES = 1 << 14


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form: a plain parameter, or the data of a table when it has a `filename`."""

    name: str
    filename: str | None
    data: Iterator[bytes]

    def text(self, size: int) -> str | None:
        """All of the part's data as text, None when it is larger than `size` bytes."""
        pieces, left = [], size
        for piece in self.data:
            left -= len(piece)
            if left < 0:
                return None
            pieces.append(piece)
        return b"".join(pieces).decode("utf-8", "surrogateescape")


def boundary_of(content_type: str) -> bytes | None:
    """The boundary of a multipart/form-data body, None for any other kind of body."""
    message = Message()
    message["Content-Type"] = content_type
    if message.get_content_type() != "multipart/form-data":
        return None
    boundary = message.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise _broken("no boundary")
    return boundary.encode("latin-1")


def parts(source: Readable, boundary: bytes) -> Iterator[Part]:
    """The parts of the body. Each part's data must be read before the next part is asked for."""
    reader = _Reader(source)
    delimiter = b"\r\n--" + boundary
    reader.buffer = b"\r\n"
    for _ in reader.until(delimiter):
        pass
    while reader.line() != b"--":
        headers = BytesHeaderParser().parsebytes(reader.header())
        name = headers.get_param("name", "", "content-disposition")
        data = reader.until(delimiter)
        yield Part(str(name), headers.get_filename(), data)
        for _ in data:
            pass


class _Reader:
    def __init__(self, source: Readable) -> None:
        self._source = source
        self.buffer = b""

    def until(self, mark: bytes) -> Iterator[bytes]:
        """The data before the next mark, piece by piece; the mark itself is skipped."""
        while (at := self.buffer.find(mark)) < 0:
            keep = len(mark) - 1
            if len(self.buffer) > keep:
                piece, self.buffer = self.buffer[:-keep], self.buffer[-keep:]
                yield piece
            self._more()
        piece, self.buffer = self.buffer[:at], self.buffer[at + len(mark) :]
        if piece:
            yield piece

    def line(self) -> bytes:
        """What follows a boundary: nothing, or the two dashes that end the body."""
        while len(self.buffer) < 2:
            self._more()
        if self.buffer[:2] == b"--":
            return b"--"
        return self._through(b"\r\n").strip()

    def header(self) -> bytes:
        """The header lines of a part, up to and with the empty line."""
        if self.buffer[:2] == b"\r\n":
            return self._through(b"\r\n")
        return self._through(b"\r\n\r\n")

    def _through(self, mark: bytes) -> bytes:
        while (at := self.buffer.find(mark, 0, _MAX_HEADER_BYTES)) < 0:
            if len(self.buffer) >= _MAX_HEADER_BYTES:
                raise _broken("the header of a part is too long")
            self._more()
        end = at + len(mark)
        taken, self.buffer = self.buffer[:end], self.buffer[end:]
        return taken

    def _more(self) -> None:
        data = self._source.read(_READ_BYTES)
        if not data:
            raise _broken("it ends before its last boundary")
        self.buffer += data


def _broken(why: str) -> ClickHouseError:
    return ClickHouseError.of(36, "BAD_ARGUMENTS", f"Cannot read the multipart/form-data body: {why}")
