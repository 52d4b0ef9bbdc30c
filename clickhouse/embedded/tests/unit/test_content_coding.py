import bz2
import gzip
import io
import lzma
import random
import zlib

import brotli
import lz4.frame
import pytest
import zstandard

from millrace_clickhouse.content_coding import accepted, decoded, encoder
from millrace_clickhouse.errors import ClickHouseError

DATA = b"".join(b"%d\tsome text\n" % number for number in range(50_000))
COMPRESS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=1),
    "zstd": zstandard.ZstdCompressor().compress,
    "lz4": lz4.frame.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
    "bz2": bz2.compress,
}


@pytest.mark.parametrize("coding", COMPRESS)
def test_decodes(coding: str) -> None:
    assert b"".join(decoded(io.BytesIO(COMPRESS[coding](DATA)), coding)) == DATA


@pytest.mark.parametrize("coding", ["gzip", "zstd", "lz4", "xz", "bz2"])
def test_decodes_one_stream_after_another(coding: str) -> None:
    assert b"".join(decoded(io.BytesIO(COMPRESS[coding](b"one ") + COMPRESS[coding](b"two")), coding)) == b"one two"


@pytest.mark.parametrize("coding", COMPRESS)
def test_refuses_a_stream_that_ends_early(coding: str) -> None:
    with pytest.raises(ClickHouseError):
        list(decoded(io.BytesIO(COMPRESS[coding](DATA)[:-9]), coding))


@pytest.mark.parametrize("coding", COMPRESS)
def test_encodes_what_it_decodes(coding: str) -> None:
    running = encoder(coding, 3)
    packed = running.add(DATA[:1000]) + running.add(DATA[1000:]) + running.end()
    assert b"".join(decoded(io.BytesIO(packed), coding)) == DATA


def test_refuses_an_unknown_coding() -> None:
    with pytest.raises(ClickHouseError) as refused:
        list(decoded(io.BytesIO(b"x"), "rot13"))
    assert refused.value.code == 89


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip, deflate", "gzip"),
        ("gzip;q=0, zstd", "zstd"),
        ("br,lz4", "lz4"),
        ("gzip, br", "br"),
        ("*", None),
    ],
)
def test_chooses_what_the_client_accepts(header: str, coding: str | None) -> None:
    assert accepted(header) == coding


BOMBS = {
    "gzip": lambda data: gzip.compress(data, 9),
    "deflate": lambda data: zlib.compress(data, 9),
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": lambda data: zstandard.ZstdCompressor(level=19).compress(data),
    "lz4": lambda data: lz4.frame.compress(data, block_size=lz4.frame.BLOCKSIZE_MAX4MB),
    "xz": lambda data: lzma.compress(data, preset=6),
    "bz2": lambda data: bz2.compress(data, 9),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_no_piece_is_large_however_little_became_it(coding: str) -> None:
    large = bytes(40 << 20)
    packed = BOMBS[coding](large)
    sizes = [len(part) for part in decoded(io.BytesIO(packed + packed if coding != "br" else packed), coding)]
    assert sum(sizes) == (len(large) if coding == "br" else 2 * len(large))
    assert max(sizes) <= 512 << 10


@pytest.mark.parametrize("size", [1 << 18, (1 << 18) + 1, 3 << 18])
@pytest.mark.parametrize("coding", BOMBS)
def test_ends_where_a_piece_ends(coding: str, size: int) -> None:
    assert sum(len(part) for part in decoded(io.BytesIO(BOMBS[coding](bytes(size))), coding)) == size


def test_zstd_of_every_kind_of_header_and_block() -> None:
    noise = random.Random(7).randbytes(300_000)
    for options in ({"write_checksum": True}, {"write_content_size": False}, {"level": 1}):
        for data in (b"", b"x", b"x" * 255, b"x" * 300, b"x" * 70_000, noise, noise + b"y" * 300_000):
            whole = zstandard.ZstdCompressor(**options).compress(data)
            running = zstandard.ZstdCompressor(**options).compressobj()
            streamed = running.compress(data) + running.flush()
            skipped = b"\x53\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"other"
            together = whole + skipped + streamed
            assert b"".join(decoded(io.BytesIO(together), "zstd")) == data + data
            for end in (1, 3, 5, len(whole) - 1):
                with pytest.raises(ClickHouseError):
                    list(decoded(io.BytesIO(whole[:end]), "zstd"))


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        # A window of 128 MiB, a dictionary of 256 MiB: both would be taken before the first byte is given.
        ("zstd", b"\x28\xb5\x2f\xfd\x00" + bytes([17 << 3]) + b"\x01\x00\x00"),
        ("xz", lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 256 << 20}])),
    ],
)
def test_refuses_what_would_take_much_memory(coding: str, packed: bytes) -> None:
    with pytest.raises(ClickHouseError):
        list(decoded(io.BytesIO(packed), coding))
