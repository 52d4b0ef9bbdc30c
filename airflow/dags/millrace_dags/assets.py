"""What tasks write, as Airflow's assets."""

from urllib.parse import quote

from airflow.sdk import Asset


def clickhouse_table(database: str, table: str) -> Asset:
    """A table of the warehouse, such as clickhouse://raw/customers."""
    return Asset(f"clickhouse://{quote(database)}/{quote(table)}", group="clickhouse")
