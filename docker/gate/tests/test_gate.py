"""The gate between a client and an engine, both on real sockets."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest

from millrace_gate.engine import Engine
from millrace_gate.server import Gate
from test_container_body import ASKED, TERMS

OWN = quote(json.dumps({"label": ["millrace.loader=millrace"]}))
OURS, FOREIGN, GONE = "a" * 64, "b" * 64, "c" * 64
CONTAINERS = {
    OURS: {"Config": {"Image": TERMS.image, "Labels": {"millrace.loader": "millrace"}}},
    FOREIGN: {"Config": {"Image": "postgres:17", "Labels": None}},
}


class FakeEngine:
    """Describes containers, answers anything else with what it was asked, and streams on attach."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first = head.split("\r\n")[0]
        length = next(int(line.split(": ")[1]) for line in head.split("\r\n") if line.startswith("Content-Length"))
        body = await reader.readexactly(length)
        self.seen.append(first)
        if "/attach" in first:
            writer.write(b"HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\n\r\n")
            for word in (b"one ", b"two"):
                writer.write(word)
                await writer.drain()
        elif first.startswith("GET /containers/") and "/json HTTP" in first:
            known = CONTAINERS.get(first.split("/")[2])
            writer.write(http(json.dumps(known or {}).encode(), "200 OK" if known else "404 Not Found"))
        else:
            writer.write(http(body or b"{}"))
        writer.close()


def http(body: bytes, status: str = "200 OK") -> bytes:
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return f"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + chunk


def through(folder: Path, talk: Callable[[int], Awaitable[bytes]]) -> tuple[bytes, list[str]]:
    """What a client gets to see, and the first lines that reach the engine."""

    async def run() -> tuple[bytes, list[str]]:
        fake = FakeEngine()
        engine = await asyncio.start_unix_server(fake.answer, folder / "engine.sock")
        gate = await Gate(Engine(str(folder / "engine.sock")), TERMS).start("127.0.0.1", 0)
        async with engine, gate:
            return await talk(gate.sockets[0].getsockname()[1]), fake.seen

    return asyncio.run(asyncio.wait_for(run(), 10))


def request(text: str, body: bytes = b"", headers: str = "") -> Callable[[int], Awaitable[bytes]]:
    """A client that sends one request and reads to the end."""

    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{text} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)
        answer = await reader.read()
        writer.close()
        return answer

    return talk


@pytest.mark.parametrize(
    "line",
    [
        "GET /version",
        "GET /v1.45/_ping",
        f"POST /v1.45/containers/{OURS}/start",
        f"POST /v1.45/containers/{OURS}/wait?condition=removed",
        f"GET /containers/{OURS}/logs?stdout=1",
        f"DELETE /v1.45/containers/{OURS}?v=False&link=False&force=True",
        f"GET /v1.45/containers/{OURS}/logs?stderr=1&stdout=1&timestamps=0&follow=1&tail=all&since=1732550000.5",
        f"POST /v1.45/containers/{OURS}/stop?t=3",
        f"POST /v1.45/containers/{GONE}/stop",
    ],
)
def test_what_running_the_loader_takes_is_let_through(tmp_path: Path, line: str) -> None:
    answer, seen = through(tmp_path, request(line))
    assert b" 200 OK" in answer
    assert seen[-1] == f"{line} HTTP/1.1"


@pytest.mark.parametrize(
    ("resource", "key", "value"),
    [("images", "reference", "millrace/loader:0.1.0"), ("containers", "label", "millrace.loader=millrace")],
)
@pytest.mark.parametrize("form", [lambda value: [value], lambda value: {value: True}])
def test_lists_of_our_own_are_let_through(
    tmp_path: Path, resource: str, key: str, value: str, form: Callable[[str], Any]
) -> None:
    filters = quote(json.dumps({key: form(value)}))
    answer, [seen] = through(tmp_path, request(f"GET /v1.45/{resource}/json?all=1&filters={filters}"))
    assert b" 200 OK" in answer
    sent = dict(parse_qsl(seen.split(" ")[1].partition("?")[2]))
    assert sent == {"all": "1", "filters": json.dumps({key: [value]})}


@pytest.mark.parametrize(
    "line",
    [
        "GET /info",
        "GET /containers/json",
        "GET /images/json",
        'GET /containers/json?filters={"label":["x"]}',
        "POST /images/create?fromImage=alpine",
        "POST /build",
        "POST /volumes/create",
        "GET /secrets",
        f"POST /containers/{FOREIGN}/stop",
        f"DELETE /containers/{FOREIGN}?force=True",
        f"GET /containers/{FOREIGN}/json",
        f"POST /containers/{OURS}/exec",
        f"POST /containers/{OURS}/update",
        f"GET /containers/{OURS}/archive?path=/",
        f"PUT /containers/{OURS}/archive?path=/",
        f"POST /containers/{OURS}/../{FOREIGN}/start",
        "POST /containers/create?name=x",
        "POST /containers/create?name=",
        "POST /containers/create?name",
        "POST /containers/create?platform=linux/arm64",
        f"GET /containers/json?all=1&filters=&filters={OWN}",
        f"GET /containers/json?all=1&filters&filters={OWN}",
        f"GET /containers/json?filters={OWN}&filters={OWN}",
        f"GET /containers/json?Filters={OWN}",
        f"GET /containers/json?filters={OWN};all=1",
        f"GET /containers/json?filters={quote(json.dumps({'label': ['millrace.loader=millrace'], 'status': ['x']}))}",
        f"GET /containers/json?filters={quote('{' * 9000)}",
        "GET /version?x=1",
        "GET /version#/../containers/json?all=1",
        "GET //containers/version",
        "GET /v1.41//version",
        "GET /./version",
        "GET /x/../version",
        "GET /%76ersion",
        f"GET /containers/v1.41/json?filters={OWN}",
        f"GET /v1.41/v1.41/containers/json?filters={OWN}",
        f"GET /containers/{OURS}/v1.41/json",
        f"POST /containers/{OURS}/start?detachKeys=x",
        f"POST /containers/{OURS}/attach?stdin=1",
        f"POST /containers/{OURS}/wait?condition=other",
        f"POST /containers/{OURS}/stop?t=3&t=9",
        f"GET /containers/{OURS}/logs?tail=../x",
        f"DELETE /containers/{OURS}?link=True",
        "GET http://docker/version",
        "CONNECT /version",
    ],
)
def test_anything_else_never_reaches_the_engine(tmp_path: Path, line: str) -> None:
    answer, seen = through(tmp_path, request(line, b"{}"))
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert b"not let through" in answer
    assert [one for one in seen if "/json HTTP" not in one] == []


def test_a_container_is_created_as_judged(tmp_path: Path) -> None:
    answer, _ = through(tmp_path, request("POST /v1.45/containers/create", json.dumps(ASKED).encode()))
    assert b'"CapDrop": ["ALL"]' in answer
    assert b"ecommerce123" in answer


def test_output_of_a_container_streams(tmp_path: Path) -> None:
    line = f"POST /v1.45/containers/{OURS}/attach?stdout=1&stream=1"
    answer, _ = through(tmp_path, request(line, headers="Connection: Upgrade\r\nUpgrade: tcp\r\n"))
    assert answer.endswith(b"\r\n\r\none two")


def test_a_second_request_cannot_follow_the_first(tmp_path: Path) -> None:
    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        second = b"POST /build HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
        writer.write(b"GET /version HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n\r\n" + second)
        answer = await reader.read()
        writer.close()
        return answer

    _, seen = through(tmp_path, talk)
    assert all("/version" in line for line in seen)


def test_a_client_hears_when_there_is_no_engine(tmp_path: Path) -> None:
    async def run() -> bytes:
        gate = await Gate(Engine(str(tmp_path / "none.sock")), TERMS).start("127.0.0.1", 0)
        async with gate:
            return await request("GET /version")(gate.sockets[0].getsockname()[1])

    assert asyncio.run(run()).startswith(b"HTTP/1.1 502 ")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /version HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /version HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"GET /version HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET /version HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
        b"GET /version HTTP/1.1\r\nHost: x\r\na\x00b: y\r\n\r\n",
        b"GET /ver\x0bsion HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /version HTTP/1.1\r\nHost: x\r\n" + b"a: " + b"b" * 20000 + b"\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
    ids=range(8),
)
def test_requests_that_can_be_read_in_two_ways_are_refused(tmp_path: Path, head: bytes) -> None:
    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        answer = await reader.read()
        writer.close()
        return answer

    answer, seen = through(tmp_path, talk)
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert seen == []


def test_half_a_request_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("millrace_gate.server.PATIENCE", 0.2)

    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /containers/create HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        answer = await reader.read()
        writer.close()
        return answer

    answer, _ = through(tmp_path, talk)
    assert b"took too long" in answer


def test_a_refusal_shows_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for change in (
        {"Env": ["POSTGRES_PASSWORD=hidden", "JAVA_TOOL_OPTIONS=hidden"]},
        {"Cmd": "hidden"},
        {"User": "hidden"},
    ):
        body = json.dumps({**ASKED, **change}).encode()
        answer, _ = through(tmp_path, request("POST /containers/create", body))
        assert answer.startswith(b"HTTP/1.1 403 ")
        assert b"hidden" not in answer
    assert "hidden" not in capsys.readouterr().err
