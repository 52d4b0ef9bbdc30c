import socket

import pytest

from millrace_clickhouse.incoming import MAX_HEAD_BYTES, Head, Incoming


@pytest.fixture
def pair() -> tuple[socket.socket, Incoming]:
    client, server = socket.socketpair()
    server.setblocking(False)
    return client, Incoming(server)


def test_a_head_comes_piece_by_piece(pair: tuple[socket.socket, Incoming]) -> None:
    client, incoming = pair
    for byte in b"GET / HTTP/1.1\r\nHost: a\r\n\r":
        client.send(bytes([byte]))
        assert incoming.gather() is Head.PARTIAL
    client.send(b"\nbody")
    assert incoming.gather() is Head.COMPLETE
    assert incoming.readline(100) == b"GET / HTTP/1.1\r\n"
    assert incoming.readline(3) == b"Hos"
    assert incoming.readline(100) == b"t: a\r\n"
    assert incoming.readline(100) == b"\r\n"
    assert incoming.read1(100) == b"body"
    assert not incoming.has_data()


def test_reads_beyond_what_has_come(pair: tuple[socket.socket, Incoming]) -> None:
    client, incoming = pair
    incoming._socket.setblocking(True)
    client.send(b"one\ntw")
    assert incoming.readline(100) == b"one\n"
    client.send(b"o" * 1000)
    client.close()
    assert incoming.read(4) == b"twoo"
    assert incoming.readline(10) == b"o" * 10
    assert incoming.read(5000) == b"o" * 988
    assert incoming.read1(10) == b""


def test_a_head_without_an_end_is_too_large(pair: tuple[socket.socket, Incoming]) -> None:
    client, incoming = pair
    taken = 0
    while incoming.gather() is Head.PARTIAL:
        taken += client.send(b"x" * 60_000)
    assert incoming.head() is Head.TOO_LARGE
    assert taken < MAX_HEAD_BYTES + (1 << 17)


def test_a_client_that_leaves(pair: tuple[socket.socket, Incoming]) -> None:
    client, incoming = pair
    client.close()
    assert incoming.gather() is Head.GONE


def test_the_next_head_may_have_come_with_this_one(pair: tuple[socket.socket, Incoming]) -> None:
    client, incoming = pair
    client.send(b"POST / HTTP/1.1\r\n\r\nonePOST / HTTP/1.1\r\n\r\nlonger than a head's end")
    assert incoming.gather() is Head.COMPLETE
    assert incoming.readline(100) + incoming.readline(100) == b"POST / HTTP/1.1\r\n\r\n"
    assert incoming.read(3) == b"one"
    assert incoming.head() is Head.COMPLETE
