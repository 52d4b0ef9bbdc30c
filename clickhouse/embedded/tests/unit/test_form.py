import io
from pathlib import Path

import pytest

from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.form import read_form

HEADERS = {"content-type": "multipart/form-data; boundary=B"}


def body(parts: list[tuple[str, bytes]]) -> io.BytesIO:
    lines = [b"--B\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (name.encode(), data) for name, data in parts]
    return io.BytesIO(b"".join(lines) + b"--B--\r\n")


def test_fields_and_tables(tmp_path: Path) -> None:
    sent = body([('name="query"', b"select 1"), ('name="t"; filename="t"', bytes(3 << 20)), ('name="a"', b"b")])
    with read_form(sent, HEADERS, tmp_path) as form:
        assert form.pairs == [("query", "select 1"), ("a", "b")]
        assert b"".join(form.tables["t"].parts()) == bytes(3 << 20)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "parts",
    [
        [('name="query"', bytes((16 << 20) + 1))],
        [('name="a"', bytes(9 << 20)), ('name="b"', bytes(9 << 20))],
        [('name="a"', b"")] * 10_001,
        [(f'name="t{number}"; filename="t"', b"") for number in range(257)],
        [('name="' + "a" * (1 << 17) + '"', b"")],
    ],
)
def test_a_form_that_is_too_large(tmp_path: Path, parts: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ClickHouseError) as refused, read_form(body(parts), HEADERS, tmp_path):
        pass
    assert refused.value.code in (229, 36)
