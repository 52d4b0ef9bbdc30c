"""HTTP content codings of request and response bodies: gzip, deflate, br, zstd, lz4, xz, bz2, all streamed."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import brotli
import lz4.frame
import zstandard

from .body import Readable
from .errors import ClickHouseError
from .zstd_frames import zstd_frames

# Below the size from which each block's memory is mapped anew: see memory.py.
_CHUNK_BYTES = 1 << 16
# What a decoder may give at once, whatever its input could become.
_PIECE_BYTES = 1 << 18
# As much as the highest preset needs.
_XZ_MEMORY_BYTES = 80 << 20
# 32 MiB for a compressor; the highest preset takes 674.
_MAX_XZ_PRESET = 3
_GZIP_WBITS = zlib.MAX_WBITS | 16
_AUTO_WBITS = zlib.MAX_WBITS | 32


@dataclass(frozen=True, slots=True)
class Encoder:
    """
    A running compressor: `add` returns what is ready after more data, `end` what is left. `flush` returns what a reader
    needs for all data so far, as far as the coding can; the body goes on after it.
    """

    add: Callable[[bytes], bytes]
    end: Callable[[], bytes]
    flush: Callable[[], bytes] = bytes


def decoded(source: Readable, coding: str) -> Iterator[bytes]:
    """The parts of `source` with the content coding undone. Raises ClickHouseError (89) for an unknown one."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from iter(lambda: source.read(_CHUNK_BYTES), b"")
        return
    if coding not in _DECODERS:
        raise ClickHouseError.of(
            89,
            "UNKNOWN_COMPRESSION_METHOD",
            f"Unknown compression method {coding}. Only 'auto', 'none', 'gzip', "
            "'deflate', 'br', 'xz', 'zstd', 'lz4', 'bz2' are supported as compression methods",
        )
    try:
        yield from _DECODERS[coding](source)
    except (zlib.error, lzma.LZMAError, zstandard.ZstdError, brotli.error, RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        sentence = f"Cannot decompress the request's {coding} body: {error}"
        raise ClickHouseError.of(354, "ZLIB_INFLATE_FAILED", sentence) from error


class _FrameDecoder(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes | None: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def _inflate(source: Readable) -> Iterator[bytes]:
    decoder, started = zlib.decompressobj(_AUTO_WBITS), False
    while data := source.read(_CHUNK_BYTES):
        started = True
        while data:
            if decoder.eof:
                decoder = zlib.decompressobj(_AUTO_WBITS)
            piece = decoder.decompress(data, _PIECE_BYTES)
            yield piece
            data = decoder.unconsumed_tail or decoder.unused_data
            while not data and len(piece) == _PIECE_BYTES and not decoder.eof:
                piece = decoder.decompress(b"", _PIECE_BYTES)
                yield piece
                data = decoder.unused_data
    if started and not decoder.eof:
        raise zlib.error("incomplete stream")


def _frames(make: Callable[[], _FrameDecoder]) -> Callable[[Readable], Iterator[bytes]]:
    def decode(source: Readable) -> Iterator[bytes]:
        decoder, started = make(), False
        while data := source.read(_CHUNK_BYTES):
            started = True
            while data:
                if decoder.eof:
                    decoder = make()
                yield decoder.decompress(data, _PIECE_BYTES)
                while not decoder.eof and not decoder.needs_input:
                    yield decoder.decompress(b"", _PIECE_BYTES)
                data = decoder.unused_data or b"" if decoder.eof else b""
        if started and not decoder.eof:
            raise RuntimeError("incomplete stream")

    return decode


def _brotli(source: Readable) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    while data := source.read(_CHUNK_BYTES):
        piece = decoder.process(data, output_buffer_limit=_PIECE_BYTES)
        yield piece
        # All of the input may be taken while there is still more to give.
        while not decoder.is_finished() and (piece or not decoder.can_accept_more_data()):
            piece = decoder.process(b"", output_buffer_limit=_PIECE_BYTES)
            yield piece
    if not decoder.is_finished():
        raise RuntimeError("incomplete stream")


_DECODERS: dict[str, Callable[[Readable], Iterator[bytes]]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _brotli,
    "zstd": zstd_frames,
    "lz4": _frames(lambda: lz4.frame.LZ4FrameDecompressor()),
    "xz": _frames(lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)),
    "bz2": _frames(lambda: bz2.BZ2Decompressor()),
}


def _gzip_encoder(level: int) -> Encoder:
    compressor = zlib.compressobj(level, zlib.DEFLATED, _GZIP_WBITS)
    return Encoder(compressor.compress, compressor.flush, lambda: compressor.flush(zlib.Z_SYNC_FLUSH))


def _deflate_encoder(level: int) -> Encoder:
    compressor = zlib.compressobj(level)
    return Encoder(compressor.compress, compressor.flush, lambda: compressor.flush(zlib.Z_SYNC_FLUSH))


def _zstd_encoder(level: int) -> Encoder:
    compressor = zstandard.ZstdCompressor(level=level).compressobj()
    flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return Encoder(compressor.compress, compressor.flush, lambda: compressor.flush(flush))


def _brotli_encoder(level: int) -> Encoder:
    compressor = brotli.Compressor(quality=level)
    return Encoder(compressor.process, compressor.finish, compressor.flush)


def _lz4_encoder(level: int) -> Encoder:
    compressor = lz4.frame.LZ4FrameCompressor(compression_level=level, auto_flush=True)
    opening = [compressor.begin()]

    def add(data: bytes) -> bytes:
        return (opening.pop() if opening else b"") + compressor.compress(data)

    def end() -> bytes:
        return (opening.pop() if opening else b"") + compressor.flush()

    return Encoder(add, end)


def _xz_encoder(level: int) -> Encoder:
    compressor = lzma.LZMACompressor(preset=min(level, _MAX_XZ_PRESET))
    return Encoder(compressor.compress, compressor.flush)


def _bz2_encoder(level: int) -> Encoder:
    compressor = bz2.BZ2Compressor(max(1, level))
    return Encoder(compressor.compress, compressor.flush)


_ENCODERS: dict[str, Callable[[int], Encoder]] = {
    "br": _brotli_encoder,
    "zstd": _zstd_encoder,
    "lz4": _lz4_encoder,
    "gzip": _gzip_encoder,
    "deflate": _deflate_encoder,
    "xz": _xz_encoder,
    "bz2": _bz2_encoder,
}


def accepted(accept_encoding: str) -> str | None:
    """The content coding to answer with: of those the client accepts, the fastest."""
    offered = {part.partition(";")[0].strip().lower() for part in accept_encoding.split(",") if "q=0" not in part}
    return next((coding for coding in ("lz4", "zstd", "br", "gzip", "deflate", "xz", "bz2") if coding in offered), None)


def encoder(coding: str, level: int) -> Encoder:
    """A new compressor for one response body; `level` is `http_zlib_compression_level`."""
    return _ENCODERS[coding](level)
