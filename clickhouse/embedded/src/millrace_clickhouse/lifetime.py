"""The server's life: it serves until a signal, then lets requests end, and ends those that take too long itself."""

from __future__ import annotations

import logging
import signal
import threading

from .server import ClickHouseServer

_GRACE_SECONDS = 1.0
_LOOK_SECONDS = 0.5
_KILL_AGAIN_SECONDS = 0.2


def run_until_told(server: ClickHouseServer) -> None:
    """Serves until SIGTERM or SIGINT; returns when no request runs any more. Raises OSError when the port is taken."""
    server.prepare()
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    serving = threading.Thread(target=_serve, args=(server, told), name="http-server")
    serving.start()
    logging.info("ClickHouse %s listens on %s:%s", server.engine.version, *server.bind_addr[:2])
    # The system may hand a signal to a thread of the engine, which does not wake this one, whose handler it is.
    while not told.wait(_LOOK_SECONDS):
        pass
    stopping = threading.Thread(target=server.stop, name="stop")
    stopping.start()
    stopping.join(_GRACE_SECONDS)
    while stopping.is_alive():
        server.engine.kill_all()
        stopping.join(_KILL_AGAIN_SECONDS)
    serving.join()


def _serve(server: ClickHouseServer, ended: threading.Event) -> None:
    try:
        server.serve()
    finally:
        ended.set()
