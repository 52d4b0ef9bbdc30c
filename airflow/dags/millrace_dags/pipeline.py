"""What a DAG needs to know of a pipeline; the loader reads the rest of the file."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# What Airflow takes as the id of a DAG or a task.
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
class Table:
    """One table of a pipeline, or those that a pattern matches: only the loader knows which these are.

    name: in the source; target: in the database that it is loaded to.
    """

    name: str
    target: str

    @property
    def task_id(self) -> str:
        """The name with `load_` before it; `all` for a star, an underscore for what else ids may not hold."""
        return "load_" + "".join(c if ID.fullmatch(c) else "_" for c in self.name.replace("*", "all"))

    @property
    def is_pattern(self) -> bool:
        """True for a name with a star or question mark, unless double quotes say that it is meant so."""
        return any(c in re.sub(r'"[^"]*"', "", self.name) for c in "*?")


@dataclass(frozen=True)
class Pipeline:
    """name: of the file, without its ending. database: where the tables are loaded to.

    servers: prefixes of the variables that name the source and the target.
    """

    name: str
    description: str
    dag: DagSettings
    database: str
    tables: tuple[Table, ...]
    runs_dbt: bool
    servers: tuple[str, ...] = ()
