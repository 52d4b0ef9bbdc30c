"""Connections to the Docker engine."""

import asyncio
import json
from typing import Any

from millrace_gate.request import Request

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Engine:
    """The engine that listens on a Unix socket."""

    def __init__(self, socket: str) -> None:
        self._socket = socket

    async def send(self, request: Request) -> Streams:
        """A connection of its own on which the answer will come."""
        reader, writer = await asyncio.open_unix_connection(self._socket)
        writer.write(request.head() + request.body)
        await writer.drain()
        return reader, writer

    async def inspect(self, container: str) -> Any:
        """The engine's description of a container; None when there is none with this id."""
        reader, writer = await self.send(Request("GET", f"/containers/{container}/json"))
        try:
            answer = await reader.read()
        finally:
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        if head.split(b" ")[1] == b"404":
            return None
        return json.loads(joined(body) if b"transfer-encoding: chunked" in head.lower() else body)


def joined(chunked: bytes) -> bytes:
    """A chunked body without its chunks' sizes."""
    whole = b""
    while chunked:
        size, _, rest = chunked.partition(b"\r\n")
        length = int(size.split(b";")[0] or b"0", 16)
        whole, chunked = whole + rest[:length], rest[length + 2 :] if length else b""
    return whole
