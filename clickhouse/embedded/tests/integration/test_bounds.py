"""Whatever a client sends or asks for: the memory of the server stays within bounds, and so do its threads."""

from __future__ import annotations

import bz2
import threading
import time
from pathlib import Path

import pytest
from server_process import AUTHORIZATION, ServerProcess


def peak_bytes(server: ServerProcess) -> int:
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def threads(server: ServerProcess) -> int:
    return len(list(Path(f"/proc/{server.pid}/task").iterdir()))


def test_a_small_body_does_not_become_much_memory(server: ServerProcess) -> None:
    packer = bz2.BZ2Compressor()
    bomb = b"".join(packer.compress(b"\n" * (1 << 20)) for _ in range(300)) + packer.flush()
    before = peak_bytes(server)
    insert = "INSERT INTO FUNCTION null('l String') FORMAT LineAsString"
    answer = server.ask(bomb, {**AUTHORIZATION, "Content-Encoding": "bz2"}, query=insert)
    assert answer.status == 200, answer.text
    assert peak_bytes(server) - before < 150 << 20


@pytest.mark.parametrize("wish", [{"wait_end_of_query": 1}, {"buffer_size": 1 << 40}])
def test_a_whole_answer_does_not_wait_in_memory(server: ServerProcess, wish: dict[str, int]) -> None:
    before = peak_bytes(server)
    connection = server.connect()
    path = "/?" + "&".join(f"{name}={value}" for name, value in wish.items())
    connection.request("POST", path, "SELECT repeat('x', 1000) FROM numbers(600000)", AUTHORIZATION)
    answer = connection.getresponse()
    size = 0
    while part := answer.read(1 << 20):
        size += len(part)
    assert size == 600_600_000
    assert '"result_rows":"600000"' in answer.headers["X-ClickHouse-Summary"]
    assert peak_bytes(server) - before < 300 << 20
    connection.close()


def test_a_query_has_a_limit_that_its_client_cannot_lift(server: ServerProcess) -> None:
    assert int(server.value("SELECT getSetting('max_memory_usage')")) > 0
    for lifted in ("0", "99999999999999"):
        assert server.ask("SELECT 1", max_memory_usage=lifted).headers["x-clickhouse-exception-code"] == "452"
    told = server.ask("SELECT groupArray(number) FROM numbers(100000000) FORMAT Null", max_memory_usage=100_000_000)
    assert told.headers["x-clickhouse-exception-code"] == "241"


def test_threads_end_when_they_have_nothing_to_do(server: ServerProcess) -> None:
    before = threads(server)
    asking = [threading.Thread(target=server.value, args=("SELECT sleep(1)",)) for _ in range(60)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    many = threads(server)
    ends = time.monotonic() + 60
    while threads(server) > many - 30:
        assert time.monotonic() < ends, (before, many, threads(server))
        time.sleep(0.2)


def test_compressing_an_answer_takes_little_memory(server: ServerProcess) -> None:
    before = peak_bytes(server)
    for coding in ("xz", "br", "zstd", "lz4", "bz2"):
        headers = {**AUTHORIZATION, "Accept-Encoding": coding}
        answer = server.ask("SELECT 1", headers, enable_http_compression=1, http_zlib_compression_level=9)
        assert (answer.status, answer.headers["content-encoding"]) == (200, coding)
    assert peak_bytes(server) - before < 100 << 20


@pytest.mark.parametrize(
    "name",
    [
        "max_query_size",
        "max_parser_depth",
        "max_parser_backtracks",
        "max_ast_depth",
        "max_ast_elements",
        "max_expanded_ast_elements",
    ],
)
def test_a_statement_has_bounds_that_its_client_cannot_lift(server: ServerProcess, name: str) -> None:
    for value in (0, 1 << 40):
        for answer in (
            server.ask("SELECT 1", **{name: value}),
            server.ask(f"SELECT 1 SETTINGS {name} = {value}"),
            server.ask(f"SET {name} = {value}"),
        ):
            assert answer.headers.get("x-clickhouse-exception-code") == "452", answer.text


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT " + "(" * 20_000 + "1" + ")" * 20_000,
        "SELECT " + "[" * 20_000 + "1" + "]" * 20_000,
        "SELECT " + "NOT " * 50_000 + "1",
        "SELECT " + "+".join(["now()"] * 50_000),
        "SELECT " + " AND ".join(["number = 1"] * 50_000) + " FROM numbers(1)",
        "SELECT * FROM " + "(SELECT * FROM " * 900 + "system.one" + ")" * 900,
        "SELECT 1 " + "UNION ALL SELECT 1 " * 20_000,
        "SELECT " + "x -> " * 50_000 + "1",
        "SELECT '" + " (alias " * 200_000 + "'",
        "SELECT 1 AS `" + "\\n" * 100_000 + "`",
    ],
)
def test_no_statement_ends_the_engine(server: ServerProcess, statement: str) -> None:
    most = {"max_query_size": 16 << 20, "max_ast_elements": 500_000, "max_expanded_ast_elements": 500_000}
    server.ask(statement, **most)
    assert server.value("SELECT 1") == "1"


@pytest.mark.parametrize("piece", ["a", "\\n", "''"])
def test_a_long_text_in_a_statement_takes_little_memory(server: ServerProcess, piece: str) -> None:
    before = peak_bytes(server)
    text = piece * ((12 << 20) // len(piece))
    answer = server.ask(f"SELECT length('{text}')", max_query_size=16 << 20)
    assert answer.status == 200, answer.text
    assert peak_bytes(server) - before < 600 << 20


def test_sessions_are_not_without_end(server: ServerProcess) -> None:
    before = peak_bytes(server)
    connection = server.connect()
    codes = set()
    for number in range(1001):
        connection.request("POST", f"/?session_id=many-{number}&session_timeout=600", "SELECT 1", AUTHORIZATION)
        answer = connection.getresponse()
        answer.read()
        codes.add(answer.headers.get("X-ClickHouse-Exception-Code"))
    connection.close()
    assert codes == {None, "202"}
    assert server.value("SELECT 1") == "1"
    assert peak_bytes(server) - before < 500 << 20
