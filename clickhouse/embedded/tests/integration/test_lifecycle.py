import os
import signal
import threading
import time
from http.client import HTTPException
from pathlib import Path

from server_process import AUTHORIZATION, ServerProcess


def test_nothing_acknowledged_is_lost_on_kill(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path)
    server.start()
    server.value("CREATE TABLE kept (a UInt64) ENGINE = MergeTree ORDER BY a")
    for number in range(20):
        server.value(f"INSERT INTO kept SELECT number FROM numbers({number * 1000}, 1000)")
    server.terminate(signal.SIGKILL)
    server.start()
    assert server.value("SELECT count(), uniqExact(a) FROM kept") == "20000\t20000"
    server.terminate()


def test_ends_cleanly_and_soon(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path)
    server.start()
    idle = server.connect()
    idle.request("POST", "/", b"SELECT 1", AUTHORIZATION)
    idle.getresponse().read()
    endless = threading.Thread(target=lambda: _ignore_end(server), daemon=True)
    endless.start()
    time.sleep(0.5)
    began = time.monotonic()
    assert server.terminate() == 0
    assert time.monotonic() - began < 10
    assert "Traceback" not in server.log()


def test_a_crashed_engine_ends_its_process(tmp_path: Path) -> None:
    """Whoever keeps it begins it anew; alive, it would refuse every statement for ever."""
    server = ServerProcess(tmp_path)
    server.start()
    os.kill(server.pid, signal.SIGSEGV)
    ends = time.monotonic() + 60
    while server.runs() and time.monotonic() < ends:
        _ignore_end(server, "SELECT 1")
        time.sleep(0.1)
    assert not server.runs()
    server.start()
    assert server.value("SELECT 1") == "1"
    server.terminate()


def test_starts_soon(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path)
    server.start()
    server.terminate()
    assert server.start() < 5
    server.terminate()


def _ignore_end(server: ServerProcess, sql: str = "SELECT count() FROM system.numbers") -> None:
    try:
        server.ask(sql)
    except (OSError, HTTPException):
        return
