import gzip
import io

import brotli
import lz4.frame
import pytest
import zstandard
from server_process import AUTHORIZATION, ServerProcess

from millrace_clickhouse.block_framing import blocks, frame

UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "lz4": lz4.frame.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
LARGE = "SELECT number, toString(number) FROM numbers(1000000)"


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("sql", ["SELECT 'small'", LARGE])
def test_packed_answers(server: ServerProcess, coding: str, sql: str) -> None:
    answer = server.ask(sql, {**AUTHORIZATION, "Accept-Encoding": coding})
    assert answer.headers["content-encoding"] == coding
    assert UNPACK[coding](answer.body) == server.ask(sql).body


def test_an_empty_answer_is_not_packed(server: ServerProcess) -> None:
    answer = server.ask("CREATE DATABASE IF NOT EXISTS other", {**AUTHORIZATION, "Accept-Encoding": "lz4"})
    assert "content-encoding" not in answer.headers
    assert answer.body == b""


def test_packing_can_be_turned_off(server: ServerProcess) -> None:
    answer = server.ask("SELECT 1", {**AUTHORIZATION, "Accept-Encoding": "gzip"}, enable_http_compression=0)
    assert answer.body == b"1\n"


@pytest.mark.parametrize("sql", ["SELECT 'small'", LARGE])
def test_block_framing_both_ways(server: ServerProcess, sql: str) -> None:
    answer = server.ask(frame(sql.encode()), compress=1, decompress=1)
    assert b"".join(blocks(io.BytesIO(answer.body))) == server.ask(sql).body


def test_errors_are_framed_too(server: ServerProcess) -> None:
    answer = server.ask("SELECT * FROM nowhere", compress=1)
    assert b"".join(blocks(io.BytesIO(answer.body))).startswith(b"Code: 60.")


def test_a_form_with_an_external_table(server: ServerProcess) -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="query"\r\n\r\nSELECT sum(n), {p:String} FROM ext\r\n'
        b'--B\r\nContent-Disposition: form-data; name="param_p"\r\n\r\nhello\r\n'
        b'--B\r\nContent-Disposition: form-data; name="ext"; filename="ext"\r\n\r\n1\n2\n3\n\r\n--B--\r\n'
    )
    headers = {**AUTHORIZATION, "Content-Type": "multipart/form-data; boundary=B"}
    assert server.ask(body, headers, ext_structure="n UInt8").text == "6\thello\n"
    assert server.ask(body, headers, ext_types="UInt8").headers["x-clickhouse-exception-code"] == "47"


def test_many_requests_on_one_connection(server: ServerProcess) -> None:
    connection = server.connect()
    for sql, status in [(b"SELECT 1", 200), (b"SELECT * FROM nowhere", 404), (LARGE.encode(), 200), (b"SELECT 2", 200)]:
        connection.request("POST", "/", sql, AUTHORIZATION)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == status
    assert body == b"2\n"


def test_a_streamed_answer_takes_constant_memory(server: ServerProcess) -> None:
    connection = server.connect()
    connection.request(
        "POST", "/", b"SELECT number, toString(number) FROM numbers(20000000) FORMAT JSONCompact", AUTHORIZATION
    )
    answer = connection.getresponse()
    size = largest = 0
    while part := answer.read(1 << 20):
        size += len(part)
        with open(f"/proc/{server.pid}/status") as status:
            largest = max(largest, next(int(line.split()[1]) for line in status if line.startswith("VmRSS")))
    assert size > 400_000_000
    assert largest < 500_000
