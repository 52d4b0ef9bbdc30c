"""
Data of formats whose reader jumps ahead in its source, which a pipe refuses: fed as zstd that compresses nothing.

The engine seeks in any file it reads as it is, but never in one that it decompresses. A frame of raw blocks costs a
copy and three bytes a block (RFC 8878, sections 3.1.1.1 and 3.1.1.2).
"""

from __future__ import annotations

from collections.abc import Iterator

COMPRESSION = b"'zstd'"
# A window of 128 KiB, the largest block; neither the size of the content nor a checksum.
_FRAME = b"\x28\xb5\x2f\xfd\x00\x38"
_BLOCK_BYTES = 128 << 10
_END = b"\x01\x00\x00"
# Arrow's stream skips the buffers of columns that the INSERT does not take, and bitmaps without a NULL.
_JUMPING = frozenset({"arrowstream"})


def reader_jumps(name: str) -> bool:
    """Whether the engine's reader of the format `name` seeks without asking whether it can."""
    return name.lower() in _JUMPING


def stored(parts: Iterator[bytes]) -> Iterator[bytes]:
    """`parts` as one zstd frame of raw blocks."""
    yield _FRAME
    for part in parts:
        for at in range(0, len(part), _BLOCK_BYTES):
            block = part[at : at + _BLOCK_BYTES]
            yield (len(block) << 3).to_bytes(3, "little") + block
    yield _END
