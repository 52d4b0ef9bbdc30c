"""A request of the Docker API, as it comes from the network."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from millrace_gate.refused import Refused

MOST_BODY = 1024 * 1024  # bytes
VERSION = re.compile(r"/v1\.[0-9]{1,2}(?=/)")


@dataclass(frozen=True)
class Request:
    """target: path and query as sent; headers: by name in lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path without the API's version."""
        return VERSION.sub("", urlsplit(self.target).path, count=1)

    @property
    def query(self) -> dict[str, list[str]]:
        """The values of each parameter."""
        return parse_qs(urlsplit(self.target).query)

    @property
    def wants_stream(self) -> bool:
        """True when the answer is to be a container's output as it comes."""
        return self.path.endswith("/attach") and "upgrade" in self.headers.get("connection", "").lower()

    def head(self) -> bytes:
        """What to send to the engine: made anew, so that nothing unjudged is passed on."""
        lines = [f"{self.method} {self.target} HTTP/1.1", "Host: docker", f"Content-Length: {len(self.body)}"]
        lines += ["Connection: Upgrade", "Upgrade: tcp"] if self.wants_stream else ["Connection: close"]
        lines += ["Content-Type: application/json"] if self.body else []
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None when the client has gone. Raises Refused when it is no plain one."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError:
        raise Refused("the head of the request is too long") from None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    if not re.fullmatch(r"[A-Z]+ /[!-~]* HTTP/1\.[01]", first):
        raise Refused("this is no HTTP request")
    method, target, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(method, target, headers, await read_body(reader, headers))


async def read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    """The body, whose length must be told."""
    length = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not length.isdigit() or int(length) > MOST_BODY:
        raise Refused(f"a body must tell its length, at most {MOST_BODY} bytes")
    return await reader.readexactly(int(length))
