"""ClickHouse's native protocol, which in Docker has a port of its own: who gets in."""

import socket
from collections.abc import Iterator, Mapping

from millrace_checks.finding import Finding
from millrace_checks.security.asking import HOST
from millrace_checks.security.door import door
from millrace_checks.security.users import clickhouse_users

PATIENCE = 5.0  # seconds
REVISION = 54401  # of the protocol, before it had more to say at a login
HELLO, EXCEPTION = 0, 2  # kinds of packets that a server begins with


def native(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a user and wrong password."""
    port = settings["CLICKHOUSE_NATIVE_PORT"]
    for user in clickhouse_users(settings):
        for with_what, password in (("no password", ""), ("a wrong password", "none of it")):
            kind = first_packet(port, user.name, password)
            words = {None: "nobody answers", HELLO: "gets in", EXCEPTION: "refused"}.get(kind, f"packet {kind}")
            remedy = f"Give the user a password: {user.password_setting}"
            tried = f"ClickHouse's native port, {user.role} with {with_what}"
            yield door(tried, kind in (None, EXCEPTION), words, remedy)


def first_packet(port: str, user: str, password: str) -> int | None:
    """The kind of the packet that answers a login; None where none comes."""
    try:
        with socket.create_connection((HOST, int(port)), PATIENCE) as client:
            client.sendall(login(user, password))
            answer = client.recv(1)
    except OSError:
        return None
    return answer[0] if answer else None


def login(user: str, password: str) -> bytes:
    """The packet that a client begins with."""
    client = number(HELLO) + text("millrace") + number(1) + number(0) + number(REVISION)
    return client + text("") + text(user) + text(password)


def text(value: str) -> bytes:
    """A length and so many bytes."""
    encoded = value.encode()
    return number(len(encoded)) + encoded


def number(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    digits = bytearray()
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])
