"""What changes in the source while it is followed."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from millrace_bench.source import DATA, Source

TABLES = tuple(f"changes_{n}" for n in range(14))
LARGE, ITEMS = "large", "items"
ITEM_ROWS = 3_000_000
PUBLICATION = "bench_follow"
WRITERS = 4
APART = 1_000_000_000  # transactions between the numbers of two writers
BACKLOG_ROWS = 1_000_000_000_000  # the id of the first


class Workload:
    """Writes to the tables of the schema bench. The rows that it inserts have numbers that none had before."""

    def __init__(self, source: Source, environment: Mapping[str, str]) -> None:
        self._source, self._environment = source, environment
        self._transactions = 0
        self._backlog = BACKLOG_ROWS

    def make(self, scale: float) -> None:
        """All tables, their rows and the publication."""
        self._source.empty(self._environment)
        self._source.run(self._environment, "-c", f"DROP PUBLICATION IF EXISTS {PUBLICATION}")
        self._source.run(self._environment, "-f", DATA / "follow.sql")
        words = ["-v", f"table={ITEMS}", "-v", f"rows={int(ITEM_ROWS * scale)}"]
        self._source.run(self._environment, *words, "-f", DATA / "order_items.sql")
        tables = ", ".join(f"bench.{table}" for table in (*TABLES, LARGE, ITEMS))
        self._source.run(self._environment, "-c", f"CREATE PUBLICATION {PUBLICATION} FOR TABLE {tables}")
        self._source.run(self._environment, "-c", "VACUUM (FREEZE, ANALYZE)", "-c", "CHECKPOINT")

    def connect(self) -> psycopg.Connection:
        host, port = self._source.address.rsplit(":", 1)
        return psycopg.connect(
            host=host,
            port=int(port),
            dbname=self._source.database,
            user=self._source.user,
            password=self._source.password,
            autocommit=True,
        )

    def ask(self, statement: str) -> int:
        """The number that a statement answers, 0 for none."""
        with self.connect() as connection:
            row = connection.execute(statement).fetchone()
        return int(row[0] or 0) if row else 0

    def run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement)

    @contextmanager
    def writing(self, rate: int, seconds: int) -> Iterator[list[int]]:
        """Changes rows at this rate (changes a second) beside what the caller does, and for as long (seconds) at most.

        The list has the number of transactions of each writer when all have ended.
        """
        done: list[int] = []
        # One at a slow pace, so that it is even.
        writers = WRITERS if rate > 1000 else 1
        threads = [
            threading.Thread(target=self._write, args=(n * APART + self._transactions, rate // writers, seconds, done))
            for n in range(writers)
        ]
        for thread in threads:
            thread.start()
        try:
            yield done
        finally:
            for thread in threads:
                thread.join()
            self._transactions += max(done, default=0)

    def _write(self, first: int, rate: int, seconds: int, done: list[int]) -> None:
        with self.connect() as connection:
            row = connection.execute("CALL bench.write(%s, %s, %s, NULL)", (first, rate, seconds)).fetchone()
        done.append(row[0] if row else 0)

    def backlog(self, rows: int) -> None:
        """So many new rows, in transactions of a thousand."""
        with self.connect() as connection:
            connection.execute("CALL bench.backlog(%s, %s)", (self._backlog, rows))
        self._backlog += rows

    def count(self, table: str) -> int:
        return self.ask(f"SELECT count(*) FROM bench.{table}")


class Prober:
    """Changes one row of each table in turn, which shows when changes arrive."""

    def __init__(self, workload: Workload) -> None:
        self._connection = workload.connect()
        self.number = workload.ask("SELECT max(probe) FROM (" + " UNION ALL ".join(
            f"SELECT probe FROM bench.{table} WHERE id = -1" for table in TABLES
        ) + ") AS probes")  # fmt: skip

    def commit(self) -> tuple[str, int, float]:
        """The table, the number that its row has now, the time (seconds since 1970) when its commit had returned."""
        self.number += 1
        table = TABLES[self.number % len(TABLES)]
        self._connection.execute(f"UPDATE bench.{table} SET probe = %s WHERE id = -1", (self.number,))
        return table, self.number, time.time()

    def close(self) -> None:
        self._connection.close()
