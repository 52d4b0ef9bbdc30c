"""Extracts tables with dlt into files, and writes down how many rows there were: FOLDER COUNT TABLE…

Runs in the benchmark's own environment.
"""

import os
import sys
from pathlib import Path

import dlt
from dlt.sources.sql_database import sql_database


def main(folder: str, count: str, tables: list[str]) -> None:
    source = sql_database(os.environ["BENCH_SOURCE"], schema="bench", table_names=tables, backend="pyarrow")
    pipeline = dlt.pipeline("bench", pipelines_dir=folder, dataset_name="bench")
    info = pipeline.extract(source, loader_file_format="parquet")
    metrics = [step["table_metrics"] for steps in info.metrics.values() for step in steps]
    rows = sum(each[table].items_count for each in metrics for table in tables if table in each)
    Path(count).write_text(str(rows))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
