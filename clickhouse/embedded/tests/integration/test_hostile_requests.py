"""Requests of others, half ones, and ones that want to be read in two ways."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import quote

import pytest
from server_process import AUTHORIZATION, PASSWORD, USER, ServerProcess

LOGIN = f"user={USER}&password={quote(PASSWORD)}"


@contextmanager
def sent(server: ServerProcess, data: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(data)
        yield connection


def answer(server: ServerProcess, data: bytes) -> bytes:
    """Everything that the server says until it closes the connection."""
    with sent(server, data) as connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_half_requests_and_idle_connections_silence_nobody(server: ServerProcess) -> None:
    with ExitStack() as connections:
        for number in range(600):
            half = b"" if number % 2 else b"POST /?query=SELECT+1 HTTP/1.1\r\nX-A"
            connections.enter_context(sent(server, half))
        assert server.value("SELECT 1") == "1"


def test_huge_heads_are_refused_and_kept_by_nobody(server: ServerProcess) -> None:
    line = b"GET /?query=" + b"x" * (3 << 20)
    assert b" 41" in _said(server, line)
    many = b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 2000 + b"\r\n"
    assert _said(server, many).startswith(b"HTTP/1.1 400")


def _said(server: ServerProcess, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        try:
            connection.sendall(data)
            return connection.recv(65536)
        except ConnectionError:
            return b"HTTP/1.1 413"


def test_an_address_of_a_megabyte_is_read(server: ServerProcess) -> None:
    query = "SELECT length('" + "x" * 200_000 + "')"
    assert server.ask(method="GET", query=query).text == "200000\n"
    query = "SELECT 1 -- " + "x" * 1_000_000
    assert server.ask(method="GET", query=query, max_query_size=2_000_000).text == "1\n"


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 8\r\nTransfer-Encoding: chunked",
        b"Content-Length: 8\r\nContent-Length: 9",
        b"Content-Length: abc",
        b"Content-Length: \xb2",
        b"Transfer-Encoding: chunked, chunked",
        b"A: b\r\n folded",
        b"A : b",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(server: ServerProcess, lines: bytes) -> None:
    request = f"POST /?{LOGIN} HTTP/1.1\r\nHost: localhost\r\n".encode() + lines + b"\r\n\r\nSELECT 1"
    told = answer(server, request)
    assert told.startswith(b"HTTP/1.1 400"), told
    assert told.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("size", [b"-1", b"zz", b"+2", b"0x8", b"1_0", b"f" * 40, b"2"])
def test_bad_chunks(server: ServerProcess, size: bytes) -> None:
    head = f"POST /?{LOGIN} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    told = answer(server, head + size + b"\r\nSELECT 1\r\n0\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 400"), told
    assert b"CORRUPTED_DATA" in told
    assert told.count(b"HTTP/1.1") == 1


def test_addresses_that_are_none(server: ServerProcess) -> None:
    for address in (b"//[", b"http://[", b"/#a", b"//a/b", b"a"):
        assert answer(server, b"GET " + address + b" HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": f"127.0.0.1.evil.example:{1}"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Host": "localhost", "Origin": "http://localhost"}, 200),
    ],
)
def test_pages_of_other_sites_run_nothing(server: ServerProcess, headers: dict[str, str], status: int) -> None:
    for method in ("GET", "POST"):
        in_header = server.ask(method=method, headers={**AUTHORIZATION, **headers}, query="SELECT 1")
        in_address = server.ask(method=method, headers=headers, query="SELECT 1", user=USER, password=PASSWORD)
        assert (in_header.status, in_address.status) == (status, status)


def test_a_browser_shows_answers_as_text_and_in_no_frame(server: ServerProcess) -> None:
    for found in (server.ask("SELECT 1"), server.ask("SELEC"), server.ask(method="GET", path="/<b>", headers={})):
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
        assert found.headers["content-type"].startswith("text/html") is False


@pytest.mark.parametrize(
    "parameters",
    [
        "user=%ff&query=SELECT+1",
        "user=a%0d%0ab&query=SELECT+1",
        f"{LOGIN}&query=SELECT+1&session_id=a&session_timeout=%C2%B2",
        f"{LOGIN}&query=SELECT+1&http_zlib_compression_level=abc",
        f"{LOGIN}&query=SELECT+1&database=%ff",
        f"{LOGIN}&query=SELECT+1&database=a%0d%0ab",
        f"{LOGIN}&query=SELECT+1&default_format=a%0d%0aX-Forged:%20yes",
        f"{LOGIN}&query=SELECT+1&session_timezone=a%0d%0aX-Forged:%20yes",
        f"{LOGIN}&query=SELECT+1&max_threads=%ff",
        f"{LOGIN}&query=SELECT+1&%ff=1",
        f"{LOGIN}&query=SELECT+1&query_id=a%0d%0aX-Forged:%20yes",
        f"{LOGIN}&query=SELECT+1+SETTINGS+session_timezone='a%5Cr%5CnX-Forged:+yes'",
        f"{LOGIN}&query=SELECT+%7Ba:UInt8%7D&param_a=%ff",
    ],
)
def test_bytes_and_lines_that_are_no_text_get_an_answer(server: ServerProcess, parameters: str) -> None:
    before = server.log()
    found = server.ask(method="GET", path=f"/?{parameters}", headers={"Accept-Encoding": "gzip;q=0, deflate;q=0"})
    assert 400 <= found.status < 500, (found.status, found.body)
    assert found.body.startswith(b"Code: ")
    assert "x-forged" not in found.headers
    added = server.log().removeprefix(before)
    assert "Traceback" not in added
    assert added.count("\n") == 1
    assert added.strip("\n").isprintable()


def test_a_number_that_is_none_is_no_error_where_servers_take_it(server: ServerProcess) -> None:
    found = server.ask(method="GET", path=f"/?{LOGIN}&query=SELECT+1&buffer_size=%C2%B2", headers={})
    assert found.status in (200, 400)
    assert found.body


def test_a_line_of_the_log_is_no_line_of_a_client(server: ServerProcess) -> None:
    before = server.log()
    head = (
        b"GET /?user=a%0d2026-01-01+INFO+forged&query=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a\xc2\x9bb\r\n\r\n"
    )
    with sent(server, head) as connection:
        assert b"516" in connection.recv(65536)
    added = server.log().removeprefix(before)
    assert added.count("\n") == 1
    assert added.strip("\n").isprintable()


def test_a_wrong_login_reads_no_body_and_silences_nobody(server: ServerProcess) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 65536

    def guess() -> None:
        with suppress(OSError):
            server.ask(endless(), {"X-ClickHouse-User": USER, "X-ClickHouse-Key": "wrong"}, query="INSERT INTO t")

    guesses = [threading.Thread(target=guess) for _ in range(100)]
    for one in guesses:
        one.start()
    assert server.value("SELECT 1") == "1"
    for one in guesses:
        one.join()
    assert server.value("SELECT 1") == "1"
