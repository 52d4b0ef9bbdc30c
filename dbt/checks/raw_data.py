"""The raw database as a load of the shop's sample data leaves it."""

from __future__ import annotations

from pathlib import Path

from clickhouse import ROOT, ClickHouse

TABLES = ("customers", "products", "orders", "order_items")


def fill(server: ClickHouse) -> None:
    """Creates the raw tables with the sample rows, and records their loads."""
    for database in ("raw", "analytics", "millrace"):
        server.run(f"DROP DATABASE IF EXISTS {database} SYNC")
    server.run_file(Path(__file__).with_name("raw_schema.sql"))
    server.run_file(ROOT / "postgres/init/ecommerce/02-data.sql", database="raw")
    record_loads(server)


def record_loads(server: ClickHouse, finished_at: str = "now64(6)") -> None:
    """Writes into the audit table that each table was loaded with the rows it has now."""
    for table in TABLES:
        server.run(
            f"INSERT INTO millrace.loads (run_id, pipeline, `table`, mode, finished_at, `rows`, table_rows, outcome)"
            f" SELECT 'test', 'ecommerce', 'raw.{table}', 'full', {finished_at}, count() AS n, n, 'done'"
            f" FROM raw.{table}"
        )
