"""
zstd data, block by block: the decoder cannot be told how much to give at once, but a block becomes 128 KiB at most.

A frame is a header of 2 to 14 bytes after its magic number, then blocks, each with a header of 3 bytes: whether it is
the last one (1 bit), its kind (2 bits: raw, one byte repeated, compressed), its size (21 bits). A checksum may follow.
"""

from __future__ import annotations

from collections.abc import Iterator

import zstandard

from .body import Readable

_READ_BYTES = 1 << 16
_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
_DICTIONARY_BYTES = (0, 1, 2, 4)
_CONTENT_SIZE_BYTES = (0, 2, 4, 8)
_REPEATED = 1
_BLOCK_BYTES = 128 << 10
_WINDOW_BYTES = 32 << 20


def zstd_frames(source: Readable) -> Iterator[bytes]:
    """The data of one frame after another. Raises ZstdError and RuntimeError when a frame is damaged or unfinished."""
    data = _Buffered(source)
    while magic := data.take(4, may_end=True):
        if magic[1:] == _SKIPPABLE and magic[0] & 0xF0 == 0x50:
            data.skip(int.from_bytes(data.take(4), "little"))
        else:
            yield from _frame(magic, data)


def _frame(magic: bytes, data: _Buffered) -> Iterator[bytes]:
    if magic != _MAGIC:
        raise zstandard.ZstdError("unknown frame descriptor")
    decoder = zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).decompressobj()
    descriptor = data.take(1)
    flags = descriptor[0]
    single_segment, with_checksum = flags & 0x20, flags & 0x04
    size = _CONTENT_SIZE_BYTES[flags >> 6] or (1 if single_segment else 0)
    header = data.take((0 if single_segment else 1) + _DICTIONARY_BYTES[flags & 3] + size)
    yield decoder.decompress(magic + descriptor + header)
    last = False
    while not last:
        block = data.take(3)
        described = int.from_bytes(block, "little")
        last, kind, size = bool(described & 1), described >> 1 & 3, described >> 3
        if size > _BLOCK_BYTES:
            raise zstandard.ZstdError("a block is too large")
        yield decoder.decompress(block + data.take(1 if kind == _REPEATED else size))
    if with_checksum:
        yield decoder.decompress(data.take(4))
    if not decoder.eof:
        raise RuntimeError("incomplete stream")


class _Buffered:
    def __init__(self, source: Readable) -> None:
        self._source = source
        self._data = b""
        self._at = 0

    def take(self, size: int, may_end: bool = False) -> bytes:
        """Exactly `size` bytes; none at the end of the source where it may end."""
        while len(self._data) - self._at < size:
            more = self._source.read(_READ_BYTES)
            if not more:
                if may_end and self._at == len(self._data):
                    return b""
                raise RuntimeError("incomplete stream")
            self._data, self._at = self._data[self._at :] + more, 0
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def skip(self, size: int) -> None:
        while size:
            size -= len(self.take(min(size, _READ_BYTES)))
