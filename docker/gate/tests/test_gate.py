"""The gate between a client and an engine, both on real sockets."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from millrace_gate.engine import Engine
from millrace_gate.server import Gate
from test_container_body import ASKED, TERMS

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
        f"DELETE /v1.45/containers/{OURS}?force=True",
        f"POST /v1.45/containers/{GONE}/stop",
        'GET /v1.45/images/json?filters={"reference":["millrace/loader:0.1.0"]}',
        'GET /v1.45/containers/json?filters={"label":["millrace.loader=millrace"]}',
    ],
)
def test_what_running_the_loader_takes_is_let_through(tmp_path: Path, line: str) -> None:
    answer, seen = through(tmp_path, request(line))
    assert b" 200 OK" in answer
    assert seen[-1] == f"{line} HTTP/1.1"


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
