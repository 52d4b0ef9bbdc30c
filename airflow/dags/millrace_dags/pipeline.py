"""What a DAG needs to know of a pipeline; the loader reads the rest of the file."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from millrace_dags.follow_section import Follow
from millrace_dags.pipeline_table import Table

# What Airflow takes as the id of a DAG or a task.
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")  # of a pipeline: a tag of Airflow has at most 100 characters
ID = re.compile(r"[A-Za-z0-9_.-]{1,250}")


@dataclass(frozen=True)
class DagSettings:
    """The `dag:` section. schedule: a cron expression or preset; None: only by hand."""

    id: str
    schedule: str | None = None
    start_date: datetime = datetime(2025, 1, 1, tzinfo=UTC)
    retries: int = 2
    retry_delay: timedelta = timedelta(minutes=5)


@dataclass(frozen=True)
class Generate:
    """The `generate:` section: the DAG that has the order API make an order."""

    dag: str
    schedule: str | None = "* * * * *"


@dataclass(frozen=True)
class Pipeline:
    """name: of the file, without its ending. database: where the tables are loaded to.

    servers: prefixes of the variables that name the source and the target; follow: None where tables are loaded.
    """

    name: str
    description: str
    dag: DagSettings
    database: str
    tables: tuple[Table, ...]
    runs_dbt: bool
    servers: tuple[str, ...] = ()
    follow: Follow | None = None
    generate: Generate | None = None

    @property
    def dags(self) -> tuple[str, ...]:
        """The ids of its DAGs."""
        return (self.dag.id, self.generate.dag) if self.generate else (self.dag.id,)
