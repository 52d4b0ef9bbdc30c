"""All that a pipeline file says, with the defaults of what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from millrace_contract.table_name import TablePattern

DAG_START = date(2025, 1, 1)


class Mode(StrEnum):
    """How a table's rows reach the target."""

    FULL = "full"
    INCREMENTAL = "incremental"


@dataclass(frozen=True)
class Dag:
    """When a pipeline is run. schedule: a preset or cron expression; None: by hand only."""

    id: str
    schedule: str | None = None
    start_date: date = DAG_START
    retries: int = 2
    retry_delay_minutes: int = 5


@dataclass(frozen=True)
class Dbt:
    """What dbt builds after the loads. select: selectors, between which there is white space."""

    select: str


@dataclass(frozen=True)
class Generate:
    """How orders are made in the source. dag: the id of the DAG that has one made; schedule: as of a Dag."""

    dag: str
    schedule: str | None = "* * * * *"


@dataclass(frozen=True)
class Follow:
    """How the changes of the source are followed.

    port: where the follower tells of itself, 0 for any free one; resync: auto or ask; slot_limit_mb: MiB of its log
    that the source may keep for the slot; when_slot_full: keep or drop.
    """

    slot: str
    publication: str
    database: str
    port: int = 5002
    resync: str = "auto"
    slot_limit_mb: int = 10_240
    when_slot_full: str = "keep"


@dataclass(frozen=True)
class Guard:
    """What must be true of a complete table before it is published.

    min_rows: so many rows at least; max_shrink: so many percent of the rows before may be gone; expect: expressions of
    ClickHouse by name.
    """

    min_rows: int = 0
    max_shrink: int = 100
    expect: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_nothing(self) -> bool:
        """Whether any table passes."""
        return self == Guard()


@dataclass(frozen=True)
class Condition:
    """A rule: an expression of ClickHouse over the table's columns."""

    sql: str


@dataclass(frozen=True)
class Exists:
    """A rule: the value of a column is one that a column of another table of the source has."""

    column: str
    schema: str
    table: str
    referenced: str


@dataclass(frozen=True)
class Column:
    """What a file says of a column; empty texts stand for what the loader would choose itself."""

    type: str = ""
    on_refusal: str = "stop"
    codec: str = ""
    drop: bool = False
    hash: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a pipeline, or those that a pattern matches; empty texts stand for what the loader would choose.

    text: as the file calls it; own_schema: that the file says of it, empty where it says none; source: in Postgres;
    target: in the target's database, of a pattern with {schema} and {table}; line: where the file lists it.
    """

    text: str
    own_schema: str
    source: TablePattern
    target: str
    line: int
    mode: Mode = Mode.FULL
    cursor: str = ""
    lookback: str = ""
    key: tuple[str, ...] = ()
    engine: str = ""
    order_by: str = ""
    partition_by: str = ""
    ttl: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(default_factory=dict)
    adopt: bool = False
    rules: tuple[Condition | Exists, ...] = ()
    where: str = ""
    row_id: str = ""
    guard: Guard = field(default_factory=Guard)

    @property
    def is_pattern(self) -> bool:
        """Whether it may be any number of tables."""
        return not self.source.is_name


@dataclass(frozen=True)
class Alerts:
    """What is told to the targets of the webhook. when: of which kinds; stale_after_minutes: 0 stands for any time."""

    when: tuple[str, ...]
    stale_after_minutes: int = 0


@dataclass(frozen=True)
class Pipeline:
    """source_env, target_env: prefixes of the variables that name the two servers; schema: of tables without their own.

    database: where the tables are loaded to; exclude: what no pattern among the tables is to match; follow: None where
    tables are loaded; generate: None where nobody makes orders in the source; alerts: None where nothing is told.
    """

    name: str
    description: str
    dag: Dag
    source_env: str
    target_env: str
    schema: str
    database: str
    tables: tuple[Table, ...]
    exclude: tuple[TablePattern, ...] = ()
    dbt: Dbt | None = None
    follow: Follow | None = None
    generate: Generate | None = None
    alerts: Alerts | None = None

    @property
    def servers(self) -> tuple[str, str]:
        """The prefixes of both servers."""
        return (self.source_env, self.target_env)

    @property
    def dags(self) -> tuple[str, ...]:
        """The ids of its DAGs."""
        return (self.dag.id, self.generate.dag) if self.generate else (self.dag.id,)
