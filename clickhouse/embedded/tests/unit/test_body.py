import io

import pytest

from millrace_clickhouse.body import ChunkedBody, Parts, SizedBody
from millrace_clickhouse.errors import BrokenBody, ClientGone


def everything(body: SizedBody | ChunkedBody) -> bytes:
    return b"".join(iter(lambda: body.read(3), b""))


def stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


def test_a_sized_body_leaves_what_follows() -> None:
    source = stream(b"12345next")
    assert everything(SizedBody(source, 5)) == b"12345"
    assert source.read() == b"next"


def test_a_chunked_body_leaves_what_follows() -> None:
    source = stream(b"5;x=y\r\n12345\r\n2\r\n67\r\n0\r\nTrailer: x\r\n\r\nnext")
    assert everything(ChunkedBody(source)) == b"1234567"
    assert source.read() == b"next"


@pytest.mark.parametrize("data", [b"", b"5\r\n123", b"5\r\n12345\r\n", b"2\r\n12\r\n0\r\n"])
def test_a_chunked_body_that_ends_early(data: bytes) -> None:
    with pytest.raises(ClientGone):
        everything(ChunkedBody(stream(data)))


@pytest.mark.parametrize(
    "data",
    [
        b"zz\r\n",
        b"\r\n",
        b"-2\r\n12\r\n0\r\n\r\n",
        b"+2\r\n12\r\n0\r\n\r\n",
        b"0x2\r\n12\r\n0\r\n\r\n",
        b"1_0\r\n12\r\n0\r\n\r\n",
        b" 2\r\n12\r\n0\r\n\r\n",
        b"2;a\0b\r\n12\r\n0\r\n\r\n",
        b"2\r\n12345\r\n0\r\n\r\n",
        b"f" * 16 + b"\r\n",
        b"2;" + b"x" * 100_000 + b"\r\n12\r\n0\r\n\r\n",
        b"0\r\n" + b"Trailer: x\r\n" * 1000 + b"\r\n",
    ],
)
def test_what_is_no_chunk_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenBody) as refused:
        everything(ChunkedBody(stream(data)))
    assert refused.value.status == 400


def test_a_sized_body_that_ends_early() -> None:
    with pytest.raises(ClientGone):
        everything(SizedBody(stream(b"1234"), 5))


def test_parts_are_read_in_any_size() -> None:
    source = Parts(iter([b"", b"12345", b"", b"678"]))
    assert source.read(2) == b"12"
    assert list(source.parts()) == [b"345", b"678"]
    assert source.read(1) == b""
