"""Whatever answers in a way that is no answer is not healthy yet."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from millrace_local.health import http_json, http_ok
from millrace_local.postgres import answers


@contextmanager
def saying(reply: bytes) -> Iterator[int]:
    """The port of a server that says this to everyone."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client:
                    client.recv(1000)
                    client.sendall(reply)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x15\x03\x01",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 503 No\r\n\r\n",
        b"HTTP/1.1 x\r\n\r\n",
        b"\n" * 99,
    ],
)
def test_what_is_no_good_answer_is_not_yet(reply: bytes) -> None:
    with saying(reply) as port:
        assert http_ok(f"http://127.0.0.1:{port}/health") is False
        assert http_json(f"http://127.0.0.1:{port}/health") is None


def test_a_good_answer_is_healthy() -> None:
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as port:
        assert http_ok(f"http://127.0.0.1:{port}/health")
        assert http_json(f"http://127.0.0.1:{port}/health") == {}


def test_a_probe_does_not_take_itself_for_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to a port that the system hands out can be made with itself when nobody listens there."""
    connect = socket.create_connection

    def from_the_same_port(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        own = socket.socket()
        own.bind(address)
        own.connect(address)
        return own

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setattr(socket, "create_connection", from_the_same_port)
    assert http_ok(f"http://127.0.0.1:{port}/") is False
    monkeypatch.setattr(socket, "create_connection", connect)
    with socket.create_server(("127.0.0.1", port)):
        pass  # the port is free at once, too


def test_a_postgres_that_is_not_there_is_not_healthy() -> None:
    with saying(b"nonsense") as port:
        settings = {
            "POSTGRES_HOST": "127.0.0.1",
            "POSTGRES_USER": "u",
            "POSTGRES_PASSWORD": "p",
            "POSTGRES_PORT": str(port),
        }
        assert answers(settings) is False
