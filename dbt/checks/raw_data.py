"""The raw databases as loads of the sample data leave them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clickhouse import ROOT, ClickHouse

RAW = Path(__file__).with_name("raw")


@dataclass(frozen=True)
class Sample:
    """A pipeline's raw database: its name, its tables, the database of its models and where its rows come from."""

    pipeline: str
    raw: str
    models: str
    tables: tuple[str, ...]
    rows: Path


ECOMMERCE = Sample(
    "ecommerce",
    "raw",
    "analytics",
    ("customers", "products", "orders", "order_items"),
    ROOT / "postgres/init/ecommerce/02-data.sql",
)
STORE = Sample(
    "store",
    "raw_store",
    "analytics_store",
    ("customers", "products", "orders", "order_items"),
    ROOT / "postgres/init/store/02-data.sql",
)
ADS = Sample(
    "ads",
    "raw_ads",
    "analytics_ads",
    ("advertiser", "campaign", "impressions", "clicks"),
    Path(__file__).with_name("ads_rows.sql"),
)
NORTHWIND = Sample(
    "northwind",
    "raw_northwind",
    "analytics_northwind",
    ("categories", "suppliers", "shippers", "customers", "employees", "products", "orders", "order_details"),
    Path(__file__).with_name("northwind_rows.sql"),
)


def fill(server: ClickHouse, sample: Sample = ECOMMERCE) -> None:
    """Creates the raw tables with the sample rows, and records their loads."""
    for database in (sample.raw, sample.models, "millrace"):
        server.run(f"DROP DATABASE IF EXISTS {database} SYNC")
    server.run_file(RAW / "audit.sql")
    server.run_file(RAW / f"{sample.pipeline}.sql")
    server.run_file(sample.rows, database=sample.raw)
    record_loads(server, sample)


def record_loads(server: ClickHouse, sample: Sample = ECOMMERCE, finished_at: str = "now64(6)") -> None:
    """Writes into the audit table that each table was loaded with the rows it has now."""
    for table in sample.tables:
        server.run(
            f"INSERT INTO millrace.loads (run_id, pipeline, `table`, mode, finished_at, `rows`, table_rows, outcome)"
            f" SELECT 'test', '{sample.pipeline}', '{sample.raw}.{table}', 'full', {finished_at},"
            f" count() AS n, n, 'done' FROM {sample.raw}.{table}"
        )
