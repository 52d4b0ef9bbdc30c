"""The measurements, one a function."""

import json
import random
import statistics
import time

from millrace_bench.clickhouse import ClickHouse
from millrace_bench.contestants import Field
from millrace_bench.follow.figures import Latency, ReaderFigures, Reads
from millrace_bench.follow.process import LongProcess, wait_for
from millrace_bench.follow.readers import Millrace, Reader, pipeline
from millrace_bench.follow.workload import ITEMS, LARGE, TABLES, Prober, Workload
from millrace_bench.process import Failed

WARM_UP = 4  # seconds
LONGEST_PAUSE = 0.02  # seconds between two changes that are looked at
LIMIT = 900.0  # seconds
READS = {
    "count(*)": "SELECT count() FROM {table}",
    "sum": "SELECT sum(price * quantity), countIf(discount IS NULL) FROM {table}",
    "group by": "SELECT product_id, sum(quantity) FROM {table} GROUP BY product_id ORDER BY 2 DESC LIMIT 10",
    "one row": "SELECT * FROM {table} WHERE id = 1234567",
}
LOADED, PLAIN = "bench_loaded", "bench_plain"
WEEK = 300  # transactions that each change a thousand rows


def latency(workload: Workload, reader: Reader, rate: int, seconds: int) -> Latency:
    """How soon changes arrive while so many others are made."""
    prober = Prober(workload)
    millis: list[float] = []
    began = time.monotonic()
    with workload.writing(rate, WARM_UP + seconds) as done:
        while time.monotonic() < began + WARM_UP + seconds:
            table, number, committed = prober.commit()
            seen = reader.seen(table, number)
            if time.monotonic() > began + WARM_UP:
                millis.append(1000 * (seen - committed))
            time.sleep(random.uniform(0, LONGEST_PAUSE))
    took = time.monotonic() - began
    prober.close()
    return Latency(rate, 10 * sum(done) / min(took, WARM_UP + seconds + 1), millis)


def backlog(workload: Workload, reader: Reader, rows: int) -> float:
    """Rows a second of what was written while the reader was held."""
    process = reader.process
    if not process:
        raise Failed("what is a part of ClickHouse cannot be held")
    process.hold()
    workload.backlog(rows)
    prober = Prober(workload)
    last = [prober.commit() for _ in TABLES]
    prober.close()
    began = time.time()
    process.go_on()
    return rows / (max(reader.seen(table, number) for table, number, _ in last) - began)


def idle(process: LongProcess, seconds: int, figures: ReaderFigures) -> None:
    """Memory, and percent of a core, while nothing changes."""
    time.sleep(2)
    cpu, began = process.cpu, time.monotonic()
    time.sleep(seconds)
    figures.idle_cpu = 100 * (process.cpu - cpu) / (time.monotonic() - began)
    figures.idle_resident = process.resident


def large(field: Field, workload: Workload, reader: Millrace, rows: int, figures: ReaderFigures) -> None:
    """One transaction: seconds from its commit until it is seen, and the peak memory; refuses to see a part of it."""
    workload.run(f"INSERT INTO bench.{LARGE} SELECT * FROM bench.rows(1, {rows})")
    began = time.monotonic()

    def is_whole() -> bool:
        reader.process.refuse_ended()
        seen = int(field.clickhouse.ask(f"SELECT count() FROM {reader.database}.{LARGE}"))
        if seen not in (0, rows):
            raise Failed(f"{seen:,} rows of a transaction of {rows:,} were seen")
        return seen == rows

    wait_for("the large transaction", is_whole, LIMIT, 0.2)
    figures.large_seconds = time.monotonic() - began
    figures.large_peak = reader.process.peak


def refuse_different(field: Field, workload: Workload, reader: Millrace) -> None:
    """Raises Failed unless every table has as many rows, and as much in them, as the source."""
    for table in (*TABLES, LARGE):
        here = workload.ask(f"SELECT sum(id + quantity * 7 + probe) FROM bench.{table}")
        there = field.clickhouse.ask(f"SELECT sum(id + quantity * 7 + probe) FROM {reader.database}.{table}")
        if here != int(there or 0):
            raise Failed(f"{table} has other rows than in the source")


def first_copies(field: Field, reader: Millrace, runs: int) -> tuple[list[float], list[float]]:
    """Seconds of the first copy, from the process's start until all is followed; and of a load of the same tables."""
    copies, loads = [], []
    own = field.work / "loaded.yml"
    tables = [*TABLES, LARGE, ITEMS]
    own.write_text(json.dumps(pipeline("bench_loaded", LOADED, tables)))
    for run in range(runs):
        if run:
            reader.stop()
            reader.drop()
        field.clickhouse.come_to_rest()
        began = time.monotonic()
        reader.start()
        copies.append(time.monotonic() - began)
        field.clickhouse.new_database(LOADED)
        field.clickhouse.come_to_rest()
        program = field.layout.root / "loader/bin/loader"
        loads.append(field.measure("loader", [program, "load", "--pipeline", own]).seconds)
        field.clickhouse.drop_database(LOADED)
    return copies, loads


def changes_of_a_week(workload: Workload, rows: int) -> None:
    """Changes a tenth of the rows, in transactions of a thousand, all over the table."""
    with workload.connect() as connection:
        for n in range(WEEK):
            connection.execute(
                f"UPDATE bench.{ITEMS} SET quantity = quantity + 1 WHERE id IN"
                " (SELECT 1 + (%s + i * 7919) %% %s FROM generate_series(%s::bigint, %s::bigint) AS i)",
                (n, rows, 1000 * n, 1000 * n + 999),
            )


def wait_until_followed(field: Field, workload: Workload, reader: Millrace) -> None:
    """Returns when the followed items are those of the source."""
    expected = workload.ask(f"SELECT sum(quantity) FROM bench.{ITEMS}")
    query = f"SELECT sum(quantity) FROM {reader.database}.{ITEMS}"
    wait_for("the changes of the items", lambda: int(field.clickhouse.ask(query)) == expected, LIMIT)


def reads(clickhouse: ClickHouse, database: str, runs: int) -> list[Reads]:
    """Each query on the followed table and on a plain MergeTree of its rows, in turns; the medians."""
    clickhouse.new_database(PLAIN)
    table = f"{PLAIN}.{ITEMS}"
    clickhouse.ask(
        f"CREATE TABLE {table} ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 8192"
        f" AS SELECT * FROM {database}.{ITEMS}"
    )
    measured = []
    for name, query in READS.items():
        followed, plain = [], []
        for _ in range(runs + 1):
            followed.append(seconds_of(clickhouse, query.format(table=f"{database}.{ITEMS}")))
            plain.append(seconds_of(clickhouse, query.format(table=table)))
        measured.append(Reads(name, statistics.median(followed[1:]), statistics.median(plain[1:])))
    clickhouse.drop_database(PLAIN)
    return measured


def seconds_of(clickhouse: ClickHouse, query: str) -> float:
    began = time.monotonic()
    clickhouse.ask(query)
    return time.monotonic() - began
