import json
import os
import tempfile
from http import HTTPStatus
from pathlib import Path

import pytest

from millrace_clickhouse.body import Parts
from millrace_clickhouse.content_coding import decoded, encoder
from millrace_clickhouse.engine import Outcome
from millrace_clickhouse.errors import ClickHouseError
from millrace_clickhouse.response import Response

ERROR = ClickHouseError.of(60, "UNKNOWN_TABLE", "no table")


class RecordedWire:
    """Keeps what an answer sends."""

    def __init__(self) -> None:
        self.status: HTTPStatus | None = None
        self.headers: dict[str, str] = {}
        self.length: int | None = None
        self.body = b""
        self.ended = ""
        self.paused_at: list[int] = []

    def start(self, status: HTTPStatus, headers: list[tuple[str, str]], length: int | None) -> None:
        assert self.status is None
        self.status, self.headers, self.length = status, dict(headers), length

    def write(self, data: bytes) -> None:
        self.body += data

    def end(self) -> None:
        self.ended = "whole"

    def pause(self) -> None:
        self.paused_at.append(len(self.body))

    def abort(self) -> None:
        self.ended = "torn"


def answer() -> tuple[RecordedWire, Response]:
    wire = RecordedWire()
    return wire, Response(wire, [], "26.9", Path(tempfile.gettempdir()))


def test_a_small_answer_has_its_length_and_its_counts() -> None:
    wire, response = answer()
    response.write(b"1\n")
    response.finish(Outcome(read_rows=3, result_rows=1), 42)
    assert (wire.status, wire.length, wire.body, wire.ended) == (HTTPStatus.OK, 2, b"1\n", "whole")
    counts = json.loads(wire.headers["X-ClickHouse-Summary"])
    assert (counts["read_rows"], counts["result_rows"], counts["elapsed_ns"]) == ("3", "1", "42")


def test_an_early_error_drops_what_was_held_back() -> None:
    wire, response = answer()
    response.add_header("X-ClickHouse-Format", "TabSeparated")
    response.write(b"1\n")
    response.fail(ERROR)
    assert wire.status == HTTPStatus.NOT_FOUND
    assert wire.headers["X-ClickHouse-Exception-Code"] == "60"
    assert "X-ClickHouse-Format" not in wire.headers
    assert wire.body == b"Code: 60. DB::Exception: no table (UNKNOWN_TABLE) (version 26.9 (official build))\n"
    assert wire.ended == "whole"


def test_a_late_error_stands_in_the_body_which_does_not_end() -> None:
    wire, response = answer()
    response.hold(10)
    response.write(b"0123456789ab")
    response.fail(ERROR)
    tag = wire.headers["X-ClickHouse-Exception-Tag"]
    text = b"Code: 60. DB::Exception: no table (UNKNOWN_TABLE) (version 26.9 (official build))\n"
    block = f"{len(text)} {tag}\r\n__exception__\r\n".encode()
    assert wire.status == HTTPStatus.OK
    assert wire.body == b"0123456789ab\r\n__exception__\r\n" + tag.encode() + b"\r\n" + text + block
    assert wire.ended == "torn"


def test_holds_back_everything_when_asked_to() -> None:
    wire, response = answer()
    response.hold(None)
    response.write(bytes(5 << 20))
    assert wire.status is None
    response.fail(ERROR)
    assert wire.status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("size", [None, 1 << 40])
def test_what_is_held_back_waits_in_a_file_without_a_name(tmp_path: Path, size: int | None) -> None:
    wire = RecordedWire()
    response = Response(wire, [], "26.9", tmp_path)
    response.hold(size)
    for number in range(40):
        response.write(bytes([number]) * 100_000)
    assert list(tmp_path.iterdir()) == []
    assert _file_bytes(tmp_path) == 4_000_000
    response.finish(Outcome(result_rows=3), 42)
    assert (wire.status, wire.length, wire.ended) == (HTTPStatus.OK, None, "whole")
    assert wire.body == b"".join(bytes([number]) * 100_000 for number in range(40))
    assert json.loads(wire.headers["X-ClickHouse-Summary"])["result_rows"] == "3"
    assert _file_bytes(tmp_path) == 0


def test_a_held_answer_that_fails_or_is_given_up_leaves_no_file(tmp_path: Path) -> None:
    for end in (lambda response: response.fail(ERROR), lambda response: None):
        response = Response(RecordedWire(), [], "26.9", tmp_path)
        response.hold(None)
        response.write(bytes(5 << 20))
        end(response)
        response.close()
        assert _file_bytes(tmp_path) == 0


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = os.statvfs_result((4096, 4096, 10_000_000, 10, 10, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    response = Response(RecordedWire(), [], "26.9", tmp_path)
    response.hold(None)
    with pytest.raises(ClickHouseError) as refused:
        response.write(bytes(5 << 20))
    assert refused.value.code == 243


def _file_bytes(folder: Path) -> int:
    """The bytes in all files of this process that have no name below `folder`."""
    found = 0
    for number in Path("/proc/self/fd").iterdir():
        try:
            if str(number.readlink()).startswith(str(folder)):
                found += number.stat().st_size
        except OSError:
            continue
    return found


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "lz4"])
def test_what_came_before_a_late_error_can_be_read_before_it(coding: str) -> None:
    wire, response = answer()
    response.encode(False, coding, encoder(coding, 3))
    response.hold(10)
    response.write(b"row\n" * 100_000)
    response.fail(ERROR)
    before = Parts(iter([wire.body[: wire.paused_at[0]]]))
    read = b""
    with pytest.raises(ClickHouseError):
        for part in decoded(before, coding):
            read += part
    assert read == b"row\n" * 100_000
    assert b"__exception__" in b"".join(decoded(Parts(iter([wire.body])), coding))
