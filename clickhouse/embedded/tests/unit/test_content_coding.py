import bz2
import gzip
import io
import lzma
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
        ("lz4,br", "br"),
        ("*", None),
    ],
)
def test_chooses_what_the_client_accepts(header: str, coding: str | None) -> None:
    assert accepted(header) == coding
