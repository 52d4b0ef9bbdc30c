"""Requests as no polite client would send them."""

import base64
import http.client
import socket
from collections.abc import Mapping
from dataclasses import dataclass

HOST = "127.0.0.1"
PATIENCE = 10.0  # seconds
MAX_BYTES = 1 << 20
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
REBOUND = {"Host": "rebound.example"}


@dataclass(frozen=True)
class Answer:
    """status: 0 when the server ended the connection without one; headers: by name in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def refused(self) -> bool:
        """True for an answer that says no, and for none."""
        return self.status == 0 or 400 <= self.status < 500

    @property
    def words(self) -> str:
        """The status in words."""
        return f"HTTP {self.status}" if self.status else "the connection is ended"


def ask(
    port: str, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """What a server of this machine answers; raises OSError when nobody is there."""
    connection = http.client.HTTPConnection(HOST, int(port), timeout=PATIENCE)
    connection.connect()
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in {"Content-Length": str(len(body or b"")), **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, answer.read(MAX_BYTES).decode(errors="replace"))
    except (ConnectionError, http.client.HTTPException):
        return Answer(0, {}, "")
    finally:
        connection.close()


def send_raw(port: str, request: bytes) -> int:
    """The status that answers these bytes; 0 when the connection is ended without one."""
    with socket.create_connection((HOST, int(port)), PATIENCE) as client:
        try:
            client.sendall(request)
            first = client.recv(64).split(b" ")
        except ConnectionError:
            return 0
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0


def basic(user: str, password: str) -> dict[str, str]:
    """The header that tells a login."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
