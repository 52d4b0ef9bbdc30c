import io

import pytest

from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.multipart import boundary_of, parts

BODY = (
    b'--XYZ\r\nContent-Disposition: form-data; name="query"\r\n\r\nselect 1\r\n--XYZ\r\n'
    b'Content-Disposition: form-data; name="ext"; filename="a.tsv"\r\n'
    b"Content-Type: text/plain\r\n\r\n1\ta\r\n--XY\n2\r\n"
    b"--XYZ--\r\n"
)


class Trickle:
    """Gives a few bytes at a time, as a slow connection does."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._data.read(min(size, 3))


@pytest.mark.parametrize("source", [io.BytesIO, Trickle])
def test_reads_fields_and_files(source: type) -> None:
    found = [(part.name, part.filename, b"".join(part.data)) for part in parts(source(BODY), b"XYZ")]
    assert found == [("query", None, b"select 1"), ("ext", "a.tsv", b"1\ta\r\n--XY\n2")]


def test_refuses_a_body_that_ends_early() -> None:
    with pytest.raises(ClickHouseError):
        for part in parts(io.BytesIO(BODY[:-20]), b"XYZ"):
            b"".join(part.data)


def test_knows_its_content_type() -> None:
    assert boundary_of('multipart/form-data; boundary="a b"') == b"a b"
    assert boundary_of("text/plain") is None
    with pytest.raises(ClickHouseError):
        boundary_of("multipart/form-data")
