"""Takes connections, one request each, and passes on what is let through."""

import asyncio
import json
import sys

from millrace_gate.engine import Engine
from millrace_gate.judge import judge
from millrace_gate.refused import Refused
from millrace_gate.request import read_request
from millrace_gate.terms import Terms

PIECE = 65536  # bytes
PATIENCE = 10.0  # seconds that a whole request may take


class Gate:
    """A server in front of an engine."""

    def __init__(self, engine: Engine, terms: Terms) -> None:
        self._engine, self._terms = engine, terms

    async def start(self, host: str, port: int) -> asyncio.Server:
        """Begins to take connections; port 0 picks a free one."""
        return await asyncio.start_server(self._connection, host, port)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._pass_on(reader, writer)
        except Refused as refused:
            print(f"docker-gate: not let through: {refused}", file=sys.stderr, flush=True)
            writer.write(answer("403 Forbidden", f"docker-gate: not let through: {refused}"))
        except (ConnectionRefusedError, FileNotFoundError, PermissionError):
            writer.write(answer("502 Bad Gateway", "docker-gate: the Docker engine can't be reached"))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # one of the two has gone; there is nobody left to tell
        finally:
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                request = await read_request(reader)
        except TimeoutError:
            raise Refused("the request took too long") from None
        if request is None:
            return
        allowed = await judge(request, self._terms, self._engine.inspect)
        from_engine, to_engine = await self._engine.send(allowed)
        # Nothing more is passed to the engine, or a second request could follow the first one unjudged.
        tasks = [asyncio.create_task(copy(from_engine, writer)), asyncio.create_task(reader.read(1))]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            to_engine.close()


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Passes bytes on as they come, until the source ends."""
    while piece := await source.read(PIECE):
        target.write(piece)
        await target.drain()


def answer(status: str, sentence: str) -> bytes:
    """An answer as the engine's own errors look."""
    body = json.dumps({"message": sentence}).encode()
    headers = ("Content-Type: application/json", f"Content-Length: {len(body)}", "Connection: close")
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
