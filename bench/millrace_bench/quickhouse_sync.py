"""Copies tables with quickhouse, each replaced whole: TABLE…

Runs in the benchmark's own environment.
"""

import os
import sys

import quickhouse


def main(tables: list[str]) -> None:
    source = quickhouse.Postgres(os.environ["BENCH_SOURCE"])
    target = quickhouse.ClickHouse(
        os.environ["BENCH_TARGET"],
        database=os.environ["BENCH_DATABASE"],
        user=os.environ["CLICKHOUSE_USER"],
        password=os.environ["CLICKHOUSE_PASSWORD"],
    )
    for table in tables:
        quickhouse.sync(source, target, table, source_table=f"bench.{table}", mode="full")


if __name__ == "__main__":
    main(sys.argv[1:])
