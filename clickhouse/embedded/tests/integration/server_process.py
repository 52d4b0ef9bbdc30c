"""Starts, asks and ends a server of its own."""

from __future__ import annotations

import base64
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

USER = "default"
# Every kind of character that some syntax on the way might take for its own.
PASSWORD = """p@s:w/r%20d+ $$x{{y}}#1;"'&<>\\[]~`*?= ë"""
WRITER = ("writer", "writes")
READER = ("reader", "reads")
AUTHORIZATION = {"Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}
_SOURCES = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Answer:
    """What the server answered; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class ServerProcess:
    """One server process on one data directory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Starts it and waits until it answers; returns the seconds that took."""
        began = time.monotonic()
        environment = {
            **os.environ,
            "PYTHONPATH": str(_SOURCES),
            "CLICKHOUSE_USER": USER,
            "CLICKHOUSE_PASSWORD": PASSWORD,
            "CLICKHOUSE_WRITER_PASSWORD": WRITER[1],
            "CLICKHOUSE_READER_PASSWORD": READER[1],
        }
        command = [
            sys.executable,
            "-m",
            "millrace_clickhouse",
            "--port",
            str(self.port),
            "--path",
            str(self.path / "data"),
        ]
        with open(self.path / "log", "ab") as log:
            self._process = subprocess.Popen(command, env=environment, stderr=log)
        while not self._answers():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < began + 60, self.log()
            time.sleep(0.02)
        return time.monotonic() - began

    def terminate(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ends it; returns its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(30)

    def runs(self) -> bool:
        """Whether the process has not ended."""
        assert self._process is not None
        return self._process.poll() is None

    def log(self) -> str:
        return (self.path / "log").read_text()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self,
        sql: str | bytes | Iterable[bytes] = b"",
        headers: dict[str, str] | None = None,
        method: str = "POST",
        path: str = "/",
        **parameters: str | int,
    ) -> Answer:
        """One request on a connection of its own; no Authorization header is sent when `headers` is given."""
        connection = self.connect()
        sent = AUTHORIZATION if headers is None else headers
        target = f"{path}?{urlencode(parameters)}" if parameters else path
        body = sql.encode() if isinstance(sql, str) else sql
        connection.request(method, target, body, sent, encode_chunked=not isinstance(body, bytes))
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        data = answer.read()
        connection.close()
        return Answer(answer.status, found, data)

    def value(self, sql: str, **parameters: str | int) -> str:
        """The answer of a statement that must succeed, without its last line end."""
        answer = self.ask(sql, **parameters)
        assert answer.status == 200, answer.text
        return answer.text.removesuffix("\n")

    def _answers(self) -> bool:
        try:
            return self.ask(method="GET", path="/ping", headers={}).body == b"Ok.\n"
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
