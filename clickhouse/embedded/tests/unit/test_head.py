import io

import pytest
from cheroot.server import SizeCheckWrapper

from millrace_clickhouse.head import StrictHeaders


def read(lines: bytes) -> dict[bytes, bytes]:
    return StrictHeaders()(SizeCheckWrapper(io.BytesIO(lines + b"\r\n"), 0))


def test_reads_headers() -> None:
    lines = (
        b"host: a\r\nX-ClickHouse-User:  b \r\nAccept: x\r\naccept: y\r\nX-a: 1\r\nX-A: 2\r\nUser-Agent: \xc3\xab\r\n"
    )
    assert read(lines) == {
        b"Host": b"a",
        b"X-Clickhouse-User": b"b",
        b"Accept": b"x, y",
        b"X-A": b"2",
        b"User-Agent": b"\xc3\xab",
    }


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nContent-Length: 5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: abc\r\n",
        b"Content-Length: \xb2\r\n",
        b"Content-Length:\r\n",
        b"Content-Length: 9999999999999999999\r\n",
        b"Transfer-Encoding: chunked, chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Host: a\r\nHost: b\r\n",
        b"Origin: http://a\r\nOrigin: http://b\r\n",
        b"Authorization: Basic a\r\nAuthorization: Basic b\r\n",
        b"Content-Length : 5\r\n",
        b"A: b\r\n c\r\n",
        b"A: b\rc\r\n",
        b"A: b\0\r\n",
        b"A: b\x1b[31m\r\n",
        b"A\0: b\r\n",
        b": b\r\n",
        b"A\r\n",
        b"A: b\n",
        b"A: " + b"b" * 200_000 + b"\r\n",
        b"A: b\r\n" * 1001,
    ],
)
def test_refuses_what_can_be_read_in_two_ways(lines: bytes) -> None:
    with pytest.raises(ValueError):
        read(lines)
