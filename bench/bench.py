#!/usr/bin/env python3
"""Times the loader side by side with ClickHouse's own postgresql() and with psql, the floor of whatever reads Postgres.

The servers are those that the environment names (POSTGRES_*, CLICKHOUSE_*, as in .env.example); psql must be
installed. The tables come from tables.sql. Every figure is of a whole process, its start included, but for
postgresql(), which is timed from request to answer. Runs take turns, so that a machine whose speed drifts treats all
alike.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOADER = HERE.parent / "loader/bin/loader"


@dataclass
class Figures:
    """What repeated runs of one program took."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def row(self, name: str, base: float) -> str:
        """A line of the results: median, fastest, ratio to the base, CPU seconds, peak memory."""
        median = statistics.median(self.seconds)
        cpu = f"{statistics.median(self.cpu):.2f}" if self.cpu else ""
        memory = f"{self.megabytes:.0f}" if self.megabytes else ""
        return f"| {name} | {median:.2f} | {min(self.seconds):.2f} | {median / base:.2f} | {cpu} | {memory} |"


def run_process(command: list[str], figures: Figures) -> None:
    """Runs a command to its end, its output thrown away, and adds what it took."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    figures.seconds.append(time.monotonic() - began)
    figures.cpu.append(usage.ru_utime + usage.ru_stime)
    figures.megabytes = max(figures.megabytes, usage.ru_maxrss / 1000)


def environment() -> dict[str, str]:
    """The caller's environment, with the password where psql looks for it."""
    return {**os.environ, "PGPASSWORD": os.environ["POSTGRES_PASSWORD"]}


def clickhouse(statement: str) -> str:
    """Runs a statement over HTTP and returns its answer."""
    host, port = os.environ["CLICKHOUSE_HOST"], os.environ["CLICKHOUSE_HTTP_PORT"]
    login = {"X-ClickHouse-User": os.environ["CLICKHOUSE_USER"], "X-ClickHouse-Key": os.environ["CLICKHOUSE_PASSWORD"]}
    request = urllib.request.Request(f"http://{host}:{port}/", statement.encode(), login)
    with urllib.request.urlopen(request, timeout=600) as answer:
        return answer.read().decode()


def psql(*arguments: str) -> list[str]:
    """The psql command line that connects to the source."""
    host, port = os.environ["POSTGRES_HOST"], os.environ["POSTGRES_PORT"]
    login = ["-h", host, "-p", port, "-U", os.environ["POSTGRES_USER"], "-d", os.environ["POSTGRES_DB"]]
    return ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *login, *arguments]


def load(table: str, figures: Figures) -> None:
    """The loader, from a shell's point of view."""
    run_process([str(LOADER), "load", "--pipeline", str(HERE / "bench.yml"), "--table", table], figures)


def table_function(table: str, figures: Figures) -> None:
    """ClickHouse reads Postgres itself, into a table of the loader's shape."""
    clickhouse(f"DROP TABLE IF EXISTS raw.by_function_{table} SYNC")
    clickhouse(f"CREATE TABLE raw.by_function_{table} AS raw.{table}")
    address = f"{os.environ['POSTGRES_HOST']}:{os.environ['POSTGRES_PORT']}"
    names = [os.environ[f"POSTGRES_{name}"] for name in ("DB", "USER", "PASSWORD")]
    login = ", ".join(f"'{text}'" for text in (address, names[0], table, names[1], names[2], "bench"))
    began = time.monotonic()
    clickhouse(f"INSERT INTO raw.by_function_{table} SELECT * FROM postgresql({login})")
    figures.seconds.append(time.monotonic() - began)


def floor(table: str, figures: Figures) -> None:
    """Postgres sends, nobody listens."""
    run_process(psql("-c", f"COPY bench.{table} TO STDOUT"), figures)


CONTESTANTS: dict[str, Callable[[str, Figures], None]] = {
    "postgresql()": table_function,
    "loader": load,
    "psql COPY > /dev/null": floor,
}


def race(table: str, runs: int) -> dict[str, Figures]:
    """Lets all contestants run in turn; the first turn warms up and does not count."""
    for contestant in ("loader", "postgresql()", "psql COPY > /dev/null"):
        CONTESTANTS[contestant](table, Figures())
    figures = {name: Figures() for name in CONTESTANTS}
    for _ in range(runs):
        for name, contestant in CONTESTANTS.items():
            contestant(table, figures[name])
    return figures


def report(table: str, rows: int, figures: dict[str, Figures]) -> str:
    """The results of one table, as Markdown."""
    base = statistics.median(figures["postgresql()"].seconds)
    title = f"### {table}: {rows:,} rows\n\n"
    head = "| | median s | fastest s | ratio | CPU s | peak MB |\n|---|---|---|---|---|---|\n"
    return title + head + "\n".join(each.row(name, base) for name, each in figures.items()) + "\n"


def main() -> None:
    """Makes the tables unless told otherwise, races, and prints the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000_000, help="rows of order_items")
    parser.add_argument("--impressions", type=int, default=1_000_000, help="rows of impressions")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each")
    parser.add_argument("--keep", action="store_true", help="use the tables as they are")
    options = parser.parse_args()
    if not options.keep:
        sizes = ["-v", f"items={options.items}", "-v", f"impressions={options.impressions}"]
        subprocess.run(psql(*sizes, "-f", str(HERE / "tables.sql")), check=True, env=environment())
    subprocess.run([LOADER, "init", "--pipeline", HERE / "bench.yml"], check=True, stdout=subprocess.DEVNULL)
    print(f"{date.today()}, {os.cpu_count()} cores, {platform.machine()}, ClickHouse {clickhouse('SELECT version()')}")
    for table in ("small", "impressions", "order_items"):
        figures = race(table, options.runs)
        print(report(table, int(clickhouse(f"SELECT count() FROM raw.{table}")), figures))


if __name__ == "__main__":
    main()
