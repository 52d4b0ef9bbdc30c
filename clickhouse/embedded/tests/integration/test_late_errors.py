"""Rows that the engine takes and then refuses: the answer is its error, at the first block as at the last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from server_process import AUTHORIZATION, Answer, ServerProcess

ROWS = 200_000
SMALL_BLOCKS = "max_block_size = 20000, max_insert_block_size = 20000, min_insert_block_size_rows = 20000"


@dataclass(frozen=True)
class Refusal:
    """A target that refuses the row `bad`, but not `good`, with `code`."""

    setup: tuple[str, ...]
    bad: bytes
    code: int
    good: bytes = b"1\n"
    into: str = "late.target"
    settings: str = ""


ORDERED = "ENGINE = MergeTree ORDER BY id"
SINK = "CREATE TABLE late.sink (id UInt64) ENGINE = MergeTree ORDER BY id"
SOURCE = "CREATE TABLE late.target (id UInt64) ENGINE = Null"
THROWS = "CREATE MATERIALIZED VIEW late.view TO late.sink AS SELECT id + throwIf(id = 5) AS id FROM late.target"
CHECKED = f"CREATE TABLE late.sink (id UInt64, CONSTRAINT c CHECK id != 5) {ORDERED}"
CHECKED_TABLE = f"CREATE OR REPLACE TABLE checked (id UInt64, CONSTRAINT c CHECK id != 5) {ORDERED}"
REFUSALS = {
    "constraint": Refusal(
        (f"CREATE TABLE late.target (id UInt64, CONSTRAINT c CHECK id != 5) {ORDERED}",), b"5\n", 469
    ),
    "assumption of a nested column": Refusal(
        (f"CREATE TABLE late.target (id UInt64, `t.a` Array(Int8), `t.b` Array(Int8)) {ORDERED}",),
        b"1\t[1]\t[]\n",
        190,
        b"1\t[1]\t[2]\n",
    ),
    "too many partitions": Refusal(
        (f"CREATE TABLE late.target (id UInt64) {ORDERED} PARTITION BY id",),
        b"".join(b"%d\n" % number for number in range(9)),
        252,
        settings="max_partitions_per_insert_block = 8",
    ),
    "exception in a view": Refusal((SINK, SOURCE, THROWS), b"5\n", 395),
    "exception in a chain of views": Refusal(
        (
            SINK,
            SOURCE,
            "CREATE TABLE late.middle (id UInt64) ENGINE = Null",
            "CREATE MATERIALIZED VIEW late.first TO late.middle AS SELECT id FROM late.target",
            THROWS.replace("FROM late.target", "FROM late.middle"),
        ),
        b"5\n",
        395,
    ),
    "view that writes to a refusing table": Refusal(
        (CHECKED, SOURCE, "CREATE MATERIALIZED VIEW late.view TO late.sink AS SELECT id FROM late.target"), b"5\n", 469
    ),
    "view that writes to no table": Refusal(
        (
            SINK,
            SOURCE,
            "CREATE MATERIALIZED VIEW late.view TO late.sink AS SELECT id FROM late.target",
            "DROP TABLE late.sink SYNC",
        ),
        b"5\n",
        60,
    ),
    "text that is no number": Refusal((f"CREATE TABLE late.target (id UInt64) {ORDERED}",), b"x\n", 27),
    "default that throws": Refusal(
        (f"CREATE TABLE late.target (id UInt64, other UInt64 DEFAULT throwIf(id = 5)) {ORDERED}",),
        b"5\n",
        395,
        into="late.target (id)",
    ),
    "materialized column that throws": Refusal(
        (f"CREATE TABLE late.target (id UInt64, other UInt64 MATERIALIZED throwIf(id = 5)) {ORDERED}",),
        b"5\n",
        395,
        into="late.target (id)",
    ),
    "default of a column that is not brought": Refusal(
        (f"CREATE TABLE late.target (id UInt64, a UInt64, b UInt64 DEFAULT a, CONSTRAINT c CHECK id != 5) {ORDERED}",),
        b"5\t1\n",
        469,
        b"1\t1\n",
        into="late.target (id, b)",
    ),
    "ephemeral column": Refusal(
        (f"CREATE TABLE late.target (e UInt8 EPHEMERAL 1, id UInt64 DEFAULT e, CONSTRAINT c CHECK id != 5) {ORDERED}",),
        b"5\n",
        469,
    ),
    "too many parts": Refusal(
        (
            f"CREATE TABLE late.target (id UInt64) {ORDERED} "
            "SETTINGS parts_to_throw_insert = 1, parts_to_delay_insert = 1",
            "SYSTEM STOP MERGES late.target",
            "INSERT INTO late.target SELECT 1",
        ),
        b"5\n",
        252,
    ),
    "memory limit": Refusal(
        (f"CREATE TABLE late.target (id UInt64, a String) {ORDERED}",),
        b"1\t" + b"x" * 30_000_000 + b"\n",
        241,
        b"1\tx\n",
        settings="max_memory_usage = 20000000",
    ),
    "static table": Refusal(
        (f"CREATE TABLE late.target (id UInt64) {ORDERED} SETTINGS table_readonly = 1",), b"5\n", 774
    ),
    "dictionary": Refusal(
        (
            SINK,
            "CREATE DICTIONARY late.target (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'late.sink')) "
            "LAYOUT(HASHED()) LIFETIME(0)",
        ),
        b"5\n",
        48,
    ),
}


@pytest.fixture(params=REFUSALS)
def refusal(request: pytest.FixtureRequest, server: ServerProcess) -> Refusal:
    server.value("DROP DATABASE IF EXISTS late SYNC")
    server.value("CREATE DATABASE late")
    found = REFUSALS[request.param]
    for statement in found.setup:
        server.value(statement)
    return found


def insert(server: ServerProcess, refusal: Refusal, data: bytes) -> Answer:
    settings = ", ".join(filter(None, [SMALL_BLOCKS, refusal.settings]))
    return server.ask(data, query=f"INSERT INTO {refusal.into} SETTINGS {settings} FORMAT TabSeparated")


@pytest.mark.parametrize("where", ["first", "last", "only"])
def test_a_late_error_is_told(server: ServerProcess, refusal: Refusal, where: str) -> None:
    many = refusal.good * ROWS
    data = {"first": refusal.bad + many, "last": many + refusal.bad, "only": refusal.bad}[where]
    answer = insert(server, refusal, data)
    assert (answer.status == 200, answer.headers.get("x-clickhouse-exception-code")) == (False, str(refusal.code))
    assert answer.text.startswith(f"Code: {refusal.code}. DB::Exception: "), answer.text
    assert "/proc/" not in answer.text
    assert json.loads(answer.headers["x-clickhouse-summary"])["written_rows"] == "0"


@pytest.mark.parametrize(
    ("statement", "data"),
    [
        ("VALUES", b"(1), (5)"),
        ("FORMAT Values", b"(1), (5)"),
        ("FORMAT TSV", b"1\n5\n"),
        ("FORMAT JSONEachRow", b'{"id": 1}{"id": 5}'),
        ("FORMAT RowBinary", b"\1" + b"\0" * 7 + b"\5" + b"\0" * 7),
    ],
)
def test_in_every_format(server: ServerProcess, statement: str, data: bytes) -> None:
    server.value(CHECKED_TABLE)
    for parts in ((data, statement), (f"INSERT INTO checked {statement}\n".encode() + data, "")):
        query = {"query": f"INSERT INTO checked {parts[1]}"} if parts[1] else {}
        assert server.ask(parts[0], **query).headers.get("x-clickhouse-exception-code") == "469"
    assert server.value("SELECT count() FROM checked") == "0"


def test_a_row_of_millions(server: ServerProcess) -> None:
    server.value(CHECKED_TABLE)

    def parts() -> Iterator[bytes]:
        for _ in range(30):
            yield b"7\n" * 100_000
        yield b"5\n"

    answer = server.ask(parts(), query="INSERT INTO checked FORMAT TabSeparated")
    assert answer.headers.get("x-clickhouse-exception-code") == "469"


def test_data_of_an_external_table(server: ServerProcess) -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="query"\r\n\r\nSELECT count() FROM ext\r\n'
        b'--B\r\nContent-Disposition: form-data; name="ext"; filename="ext"\r\n\r\n1\nx\n\r\n--B--\r\n'
    )
    headers = {**AUTHORIZATION, "Content-Type": "multipart/form-data; boundary=B"}
    assert server.ask(body, headers, ext_structure="n UInt8").headers["x-clickhouse-exception-code"] == "27"
    structure = "n UInt8, CONSTRAINT c CHECK n = 0"
    told = server.ask(body.replace(b"x\n", b""), headers, ext_structure=structure)
    assert told.headers["x-clickhouse-exception-code"] in ("62", "469")


def test_a_killed_insert_is_not_done(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE killed (id UInt64) ENGINE = MergeTree ORDER BY id")

    def parts() -> Iterator[bytes]:
        yield b"1\n" * 100_000
        while server.value("SELECT count() FROM system.processes WHERE query_id = 'to be killed'") == "0":
            pass
        server.value("KILL QUERY WHERE query_id = 'to be killed'")
        yield b"1\n" * 100_000

    answer = server.ask(parts(), query="INSERT INTO killed FORMAT TabSeparated", query_id="to be killed")
    assert answer.headers.get("x-clickhouse-exception-code") == "394"
    assert server.value("SELECT count() FROM killed") == "0"


def test_an_insert_beyond_its_time_is_not_done(server: ServerProcess) -> None:
    server.value("CREATE OR REPLACE TABLE slow (id UInt64) ENGINE = Null")
    server.value("CREATE OR REPLACE TABLE slowly (id UInt64) ENGINE = MergeTree ORDER BY id")
    server.value("DROP VIEW IF EXISTS slow_view")
    server.value("CREATE MATERIALIZED VIEW slow_view TO slowly AS SELECT id + sleepEachRow(0.1) AS id FROM slow")
    answer = server.ask(b"1\n" * 20, query="INSERT INTO slow FORMAT TabSeparated", max_execution_time="0.3")
    assert answer.headers.get("x-clickhouse-exception-code") == "159"


def test_the_query_log_tells_it_too(server: ServerProcess) -> None:
    server.value(CHECKED_TABLE)
    for name, data in [("logged-1", b"1\n5\n"), ("logged-2", b"1\nx\n"), ("logged-3", b"1\n2\n")]:
        server.ask(data, query="INSERT INTO checked FORMAT TabSeparated", query_id=name)
    server.value("SYSTEM FLUSH LOGS")
    found = server.value(
        "SELECT query_id, type, exception_code, exception != '', query FROM system.query_log "
        "WHERE query_id LIKE 'logged-_' AND type != 'QueryStart' ORDER BY ALL FORMAT JSONCompactEachRow"
    )
    query = "INSERT INTO checked FORMAT TabSeparated"
    assert [json.loads(line) for line in found.splitlines()] == [
        ["logged-1", "ExceptionWhileProcessing", 469, 1, query],
        ["logged-2", "ExceptionWhileProcessing", 27, 1, query],
        ["logged-3", "QueryFinish", 0, 0, query],
    ]
