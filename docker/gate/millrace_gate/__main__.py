"""python -m millrace_gate: serves port 2375 until it is told to end."""

import asyncio
import os
import signal
import sys

from millrace_gate.engine import Engine
from millrace_gate.server import Gate
from millrace_gate.terms import Terms

SOCKET = "/var/run/docker.sock"
PORT = 2375


async def serve(gate: Gate) -> None:
    """Returns after SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(kind, ended.set)
    server = await gate.start("0.0.0.0", PORT)
    await ended.wait()
    server.close()


def main() -> int:
    """Returns the exit code: 0, or 2 when a setting is missing."""
    try:
        terms = Terms.from_environment(os.environ)
    except KeyError as missing:
        print(f"docker-gate: {missing.args[0]} is not set", file=sys.stderr)
        return 2
    asyncio.run(serve(Gate(Engine(SOCKET), terms)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
