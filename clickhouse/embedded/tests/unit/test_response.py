import json
from http import HTTPStatus

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

    def start(self, status: HTTPStatus, headers: list[tuple[str, str]], length: int | None) -> None:
        assert self.status is None
        self.status, self.headers, self.length = status, dict(headers), length

    def write(self, data: bytes) -> None:
        self.body += data

    def end(self) -> None:
        self.ended = "whole"

    def abort(self) -> None:
        self.ended = "torn"


def answer() -> tuple[RecordedWire, Response]:
    wire = RecordedWire()
    return wire, Response(wire, [], "26.9")


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
