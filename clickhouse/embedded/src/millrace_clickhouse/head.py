"""Reading the header lines of a request: only what every program on the way reads alike."""

from __future__ import annotations

import re

from cheroot.server import HeaderReader, SizeCheckWrapper

_MAX_LINES = 1000
# ClickHouse's http_max_field_name_size and http_max_field_value_size.
_MAX_NAME_BYTES = 128 << 10
_MAX_VALUE_BYTES = 128 << 10
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_ONCE = {
    b"Authorization",
    b"Content-Length",
    b"Content-Type",
    b"Host",
    b"Origin",
    b"Sec-Fetch-Site",
    b"Transfer-Encoding",
    b"X-Clickhouse-Key",
    b"X-Clickhouse-User",
}
_JOINED = {b"Accept", b"Accept-Encoding", b"Connection", b"Content-Encoding", b"Expect", b"Via"}


class StrictHeaders(HeaderReader):
    """Raises ValueError for what one reader may take for one thing and another for something else."""

    def __call__(self, rfile: SizeCheckWrapper, hdict: dict[bytes, bytes] | None = None) -> dict[bytes, bytes]:
        found = {} if hdict is None else hdict
        for _ in range(_MAX_LINES):
            line = rfile.readline()
            if line == b"\r\n":
                _check_length(found)
                return found
            name, value = _parts(line)
            if name in found and name in _ONCE:
                raise ValueError(f"The header {name.decode()} is given twice.")
            found[name] = found[name] + b", " + value if name in found and name in _JOINED else value
        raise ValueError("There are too many header lines.")


def _parts(line: bytes) -> tuple[bytes, bytes]:
    if not line.endswith(b"\r\n"):
        raise ValueError("HTTP requires CRLF terminators")
    name, colon, value = line[:-2].partition(b":")
    if not colon or not _NAME.fullmatch(name) or len(name) > _MAX_NAME_BYTES:
        raise ValueError("Illegal header line.")
    if _CONTROL.search(value):
        raise ValueError("A header holds control characters.")
    if len(value) > _MAX_VALUE_BYTES:
        raise ValueError("A header is too long.")
    return name.title(), value.strip(b" \t")


def _check_length(headers: dict[bytes, bytes]) -> None:
    length, coding = headers.get(b"Content-Length"), headers.get(b"Transfer-Encoding")
    if length is not None and coding is not None:
        raise ValueError("Content-Length and Transfer-Encoding cannot both be given.")
    if length is not None and not _LENGTH.fullmatch(length):
        raise ValueError("Content-Length is not a number of bytes.")
    if coding is not None and coding.lower() != b"chunked":
        raise ValueError("Only the transfer coding 'chunked' is known.")
