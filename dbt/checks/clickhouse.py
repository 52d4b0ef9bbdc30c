"""A ClickHouse of the tests' own: the embedded server, on a free port and an empty folder."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
# Every kind of character that some syntax on the way might take for its own.
PASSWORD = """p@s:w/r%20d+ $$x{{y}}#1;"'&<>\\[]~`*?= ë"""


class ClickHouse:
    """The server's process; `start` returns once it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 60) -> None:
        """Raises TimeoutError with the server's log when it does not answer within `seconds`."""
        python = os.environ["MILLRACE_CLICKHOUSE_PYTHON"]
        log = self.folder / "server.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [python, "-m", "millrace_clickhouse", "--port", str(self.port), "--path", self.folder / "data"],
                env={**os.environ, **self.environment, "PYTHONPATH": str(ROOT / "clickhouse/embedded/src")},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + seconds
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise TimeoutError(log.read_text())
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)

    @property
    def environment(self) -> dict[str, str]:
        """Where and who, in the variables that the server and dbt read."""
        return {
            "CLICKHOUSE_HOST": "127.0.0.1",
            "CLICKHOUSE_HTTP_PORT": str(self.port),
            "CLICKHOUSE_USER": "default",
            "CLICKHOUSE_PASSWORD": PASSWORD,
        }

    def run(self, sql: str, database: str = "default") -> str:
        """Runs one statement; mutations are done when it returns. Raises RuntimeError with the server's words."""
        settings = {"database": database, "mutations_sync": 1, "date_time_input_format": "best_effort"}
        address = f"http://127.0.0.1:{self.port}/?" + urlencode(settings)
        login = {"Authorization": "Basic " + b64encode(f"default:{PASSWORD}".encode()).decode()}
        try:
            with urllib.request.urlopen(urllib.request.Request(address, sql.encode(), login)) as answer:
                return answer.read().decode().strip()
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def run_file(self, path: Path, database: str = "default") -> None:
        """Runs the statements of a file, each of which ends with a semicolon at the end of a line."""
        for statement in filter(str.strip, path.read_text().split(";\n")):
            self.run(statement, database)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ping", timeout=5) as answer:
                return answer.read() == b"Ok.\n"
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
