"""A request of the Docker API, as it comes from the network."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import h11

from millrace_gate.refused import Refused

MAX_HEAD = 16 * 1024  # bytes
MAX_BODY = 1024 * 1024
MAX_PARAMETERS = 16
PIECE = 65536
# No escape, no empty part, no "#": a path is what it looks like.
TARGET = re.compile(r"(/v1\.[0-9]{1,2})?((?:/[A-Za-z0-9_.-]+)+)(?:\?([!-~]*))?")


@dataclass(frozen=True)
class Request:
    """version: of the API, "" or "/v1.45"; path: without it; parameters: in their order; upgrade: asks for a stream."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    version: str = ""
    upgrade: bool = False
    body: bytes = field(default=b"", repr=False)

    @property
    def target(self) -> str:
        """Path and query, made anew of their parts."""
        query = f"?{urlencode(self.parameters)}" if self.parameters else ""
        return f"{self.version}{self.path}{query}"

    @property
    def wants_stream(self) -> bool:
        """True when the answer is to be a container's output as it comes."""
        return self.upgrade and self.path.endswith("/attach")

    def head(self) -> bytes:
        """What to send to the engine: made anew, so that nothing unjudged is passed on."""
        lines = [f"{self.method} {self.target} HTTP/1.1", "Host: docker", f"Content-Length: {len(self.body)}"]
        lines += ["Connection: Upgrade", "Upgrade: tcp"] if self.wants_stream else ["Connection: close"]
        lines += ["Content-Type: application/json"] if self.body else []
        return "\r\n".join([*lines, "", ""]).encode("ascii")


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None when the client has gone. Raises Refused when it is no plain one."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
    try:
        event = await next_event(connection, reader)
        if not isinstance(event, h11.Request):
            return None
        return await whole(event, connection, reader)
    except h11.RemoteProtocolError:
        raise Refused("this is no HTTP request") from None


async def whole(head: h11.Request, connection: h11.Connection, reader: asyncio.StreamReader) -> Request:
    """The request with its body, which must tell its length."""
    if sum(len(name) + len(value) for name, value in head.headers) > MAX_HEAD:
        raise Refused("the head of the request is too long")
    headers = {name.decode("ascii"): value.decode("latin-1") for name, value in head.headers}
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or int(length) > MAX_BODY:
        raise Refused(f"a body must tell its length, at most {MAX_BODY} bytes")
    body = bytearray()
    while isinstance(event := await next_event(connection, reader), h11.Data):
        body += event.data
    if not isinstance(event, h11.EndOfMessage):
        raise Refused("the request ended early")
    upgrade = "upgrade" in headers.get("connection", "").lower()
    return parsed(head.method.decode("ascii"), head.target.decode("ascii"), upgrade, bytes(body))


def parsed(method: str, target: str, upgrade: bool, body: bytes) -> Request:
    """The request in its parts; raises Refused for a target that different readers could read differently."""
    match = TARGET.fullmatch(target)
    if match is None or "#" in target or {".", ".."} & set(match[2].split("/")):
        raise Refused("the address of the request is not a plain one")
    try:
        parameters = parse_qsl(
            match[3] or "", keep_blank_values=True, strict_parsing=bool(match[3]), max_num_fields=MAX_PARAMETERS
        )
    except ValueError:
        raise Refused("the parameters of the request can't be read") from None
    return Request(method, match[2], tuple(parameters), match[1] or "", upgrade, body)


async def next_event(connection: h11.Connection, reader: asyncio.StreamReader) -> object:
    """What h11 makes of the next bytes."""
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(PIECE))
    return event
