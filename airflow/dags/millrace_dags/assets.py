"""What tasks write, as Airflow's assets."""

import os
from pathlib import Path
from urllib.parse import quote

from airflow.sdk import Asset

DBT_PROJECT = "DBT_PROJECT_DIR"
MODELS_DATABASE = "analytics"


def clickhouse_table(database: str, table: str) -> Asset:
    """A table of the warehouse, such as clickhouse://raw/orders."""
    return Asset(f"clickhouse://{quote(database, safe='')}/{quote(table, safe='')}", group="clickhouse")


def marts(pipeline: str) -> list[Asset]:
    """The tables that dbt makes for a pipeline: its models in marts/; none where dbt's project is not at hand."""
    folder = Path(os.environ.get(DBT_PROJECT, "")) / "models" / pipeline / "marts"
    return [clickhouse_table(MODELS_DATABASE, model.stem) for model in sorted(folder.glob("*.sql"))]
