"""Statements to ClickHouse over HTTP."""

import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from millrace_bench.process import Failed

TIMEOUT = 1800  # seconds
REST = 120.0  # seconds
QUIET = 1.5  # seconds


class ClickHouse:
    """The ClickHouse that the settings lead to."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.url = f"http://{settings['CLICKHOUSE_HOST']}:{settings['CLICKHOUSE_HTTP_PORT']}/"
        login = f"{settings['CLICKHOUSE_USER']}:{settings['CLICKHOUSE_PASSWORD']}"
        self.login = {"Authorization": "Basic " + b64encode(login.encode()).decode()}

    def ask(self, statement: str, **settings: str) -> str:
        """Runs a statement and returns its answer as text; raises Failed with ClickHouse's own sentence."""
        request = urllib.request.Request(f"{self.url}?{urlencode(settings)}", statement.encode(), self.login)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return answer.read().decode().strip()
        except urllib.error.HTTPError as error:
            raise Failed(error.read().decode(errors="replace").strip()[:200]) from error

    def count(self, database: str, tables: Iterable[str]) -> int:
        """The rows of these tables together."""
        names = ", ".join(f"'{table}'" for table in tables)
        where = f"active AND database = '{database}' AND table IN ({names})"
        return int(self.ask(f"SELECT sum(rows) FROM system.parts WHERE {where}"))

    def come_to_rest(self) -> None:
        """
        Returns when no part has been merged for a while, so that nobody pays for what the one before has written: the
        server begins to merge a moment after the last row, and pauses in between.
        """
        deadline = time.monotonic() + REST
        last_seen = time.monotonic()
        while time.monotonic() < min(deadline, last_seen + QUIET):
            if self.ask("SELECT count() FROM system.merges") != "0":
                last_seen = time.monotonic()
            time.sleep(0.1)

    def empty(self, database: str, tables: Iterable[str]) -> None:
        """Takes the rows out of these tables, where there are such tables."""
        for table in tables:
            self.ask(f"TRUNCATE TABLE IF EXISTS {database}.{table} SYNC")

    def new_database(self, name: str) -> None:
        """An empty database."""
        self.drop_database(name)
        self.ask(f"CREATE DATABASE {name}")

    def drop_database(self, name: str) -> None:
        self.ask(f"DROP DATABASE IF EXISTS {name} SYNC")
