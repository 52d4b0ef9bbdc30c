"""Those that race: each copies a dataset in its own way, and can tell how many rows have arrived."""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from millrace_bench.clickhouse import ClickHouse
from millrace_bench.dataset import Dataset
from millrace_bench.process import Usage, measure
from millrace_bench.source import Source
from millrace_local.layout import Layout

LIMIT = 1800.0  # seconds that one run may take


@dataclass(frozen=True)
class Field:
    """What all contestants share. work: a folder for their files; logs: one for what they say; environment: that of
    their processes.
    """

    layout: Layout
    source: Source
    clickhouse: ClickHouse
    work: Path
    logs: Path
    environment: Mapping[str, str]

    def measure(self, name: str, command: list[str | Path], **more: str) -> Usage:
        """Runs and measures a contestant's process."""
        return measure(command, {**self.environment, **more}, self.logs / f"{name}.log", LIMIT)


class Contestant(Protocol):
    """prepare() is not timed; slow ones run fewer times, without a warm-up. database: where the rows arrive, if in
    ClickHouse.
    """

    name: str
    slow: bool

    @property
    def database(self) -> str | None: ...

    def prepare(self, dataset: Dataset) -> None: ...

    def run(self, dataset: Dataset) -> Usage: ...

    def rows(self, dataset: Dataset) -> int:
        """The rows that the run just ended has copied."""
        ...


class Loader:
    """The loader, as a user calls it."""

    name, slow, database = "loader", False, "bench_loader"

    def __init__(self, field: Field) -> None:
        self._field = field
        self._program = field.layout.root / "loader/bin/loader"

    def prepare(self, dataset: Dataset) -> None:
        pipeline = self._pipeline(dataset)
        if not pipeline.exists():
            pipeline.write_text(pipeline_text(dataset, self.database))
            self._field.measure("loader", [self._program, "init", "--pipeline", pipeline])
        self._field.clickhouse.empty(self.database, dataset.tables)

    def run(self, dataset: Dataset) -> Usage:
        return self._field.measure("loader", [self._program, "load", "--pipeline", self._pipeline(dataset)])

    def rows(self, dataset: Dataset) -> int:
        return self._field.clickhouse.count(self.database, dataset.tables)

    def _pipeline(self, dataset: Dataset) -> Path:
        return self._field.work / f"{dataset.name}.yml"


def pipeline_text(dataset: Dataset, database: str) -> str:
    """A pipeline file with all tables of a dataset."""
    lines = [f"pipeline: {dataset.name}", "source:", "  env: POSTGRES", "  schema: bench"]
    lines += ["target:", "  env: CLICKHOUSE", f"  database: {database}", "tables:"]
    return "\n".join([*lines, *(f"  - {table}" for table in dataset.tables)]) + "\n"


class TableFunction:
    """ClickHouse reads Postgres itself, into tables of the loader's shape; timed from request to answer."""

    name, slow, database = "postgresql()", False, "bench_function"

    def __init__(self, field: Field) -> None:
        self._field = field

    def prepare(self, dataset: Dataset) -> None:
        ask = self._field.clickhouse.ask
        for table in dataset.tables:
            ask(f"CREATE TABLE IF NOT EXISTS {self.database}.{table} AS {Loader.database}.{table}")
        self._field.clickhouse.empty(self.database, dataset.tables)

    def run(self, dataset: Dataset) -> Usage:
        source = self._field.source
        began = time.monotonic()
        for table in dataset.tables:
            words = (source.address, source.database, table, source.user, source.password, "bench")
            login = ", ".join(f"'{word}'" for word in words)
            self._field.clickhouse.ask(f"INSERT INTO {self.database}.{table} SELECT * FROM postgresql({login})")
        return Usage(time.monotonic() - began)

    def rows(self, dataset: Dataset) -> int:
        return self._field.clickhouse.count(self.database, dataset.tables)


class Floor:
    """Postgres sends, nobody listens: no reader of COPY can be faster than this on one connection."""

    name, slow, database = "psql COPY > /dev/null", False, None

    def __init__(self, field: Field) -> None:
        self._field = field

    def prepare(self, dataset: Dataset) -> None:
        """Nothing to do."""

    def run(self, dataset: Dataset) -> Usage:
        # What the server has read in this transaction goes to standard error, which is kept.
        copies = [f"COPY bench.{table} TO STDOUT;" for table in dataset.tables]
        count = "SELECT sum(seq_tup_read) AS read FROM pg_stat_xact_user_tables WHERE schemaname = 'bench' \\gset"
        script = self._field.work / "floor.sql"
        script.write_text("\n".join(["BEGIN;", *copies, count, "\\warn :read", "COMMIT;"]) + "\n")
        return self._field.measure("floor", self._field.source.psql("-f", script))

    def rows(self, dataset: Dataset) -> int:
        return int((self._field.logs / "floor.log").read_text())


class Sling:
    """sling's own program, out of its package for this platform."""

    name, slow, database = "sling", True, "bench_sling"

    def __init__(self, field: Field) -> None:
        self._field = field
        packages = field.layout.venv("bench").glob("lib/python3*/site-packages/sling_linux_amd64/bin/*")
        self._program = next(path for path in packages if path.is_file() and path.name.startswith("sling"))

    def prepare(self, dataset: Dataset) -> None:
        self._field.clickhouse.new_database(self.database)
        streams = {f"bench.{table}": {"object": f"{self.database}.{table}"} for table in dataset.tables}
        replication = {"source": "BENCH_SOURCE", "target": "BENCH_TARGET", "defaults": {"mode": "full-refresh"}}
        # JSON is YAML.
        self._replication(dataset).write_text(json.dumps({**replication, "streams": streams}))

    def run(self, dataset: Dataset) -> Usage:
        source, clickhouse = self._field.source, self._field.clickhouse
        login = f"{source.user}:{source.password}@{source.address}"
        own = self._field.environment
        user, password = own["CLICKHOUSE_USER"], own["CLICKHOUSE_PASSWORD"]
        address = clickhouse.url.removeprefix("http://").rstrip("/")
        # Only http_url makes sling speak HTTP; host and port alone mean ClickHouse's native protocol.
        target = {"type": "clickhouse", "http_url": f"http://{user}:{password}@{address}/{self.database}"}
        target |= {"host": own["CLICKHOUSE_HOST"], "database": self.database, "user": user, "password": password}
        return self._field.measure(
            "sling",
            [self._program, "run", "-r", self._replication(dataset)],
            BENCH_SOURCE=f"postgresql://{login}/{source.database}?sslmode=disable",
            BENCH_TARGET=json.dumps(target),
            SLING_HOME_DIR=str(self._field.work / "sling"),
            SLING_DISABLE_TELEMETRY="TRUE",
        )

    def rows(self, dataset: Dataset) -> int:
        return self._field.clickhouse.count(self.database, dataset.tables)

    def _replication(self, dataset: Dataset) -> Path:
        return self._field.work / f"sling-{dataset.name}.json"


class Quickhouse:
    """quickhouse, each table replaced whole, as its own documentation begins."""

    name, slow, database = "quickhouse", False, "bench_quickhouse"

    def __init__(self, field: Field) -> None:
        self._field = field

    def prepare(self, dataset: Dataset) -> None:
        self._field.clickhouse.empty(self.database, dataset.tables)

    def run(self, dataset: Dataset) -> Usage:
        source = self._field.source
        python = self._field.layout.program("bench", "python")
        return self._field.measure(
            "quickhouse",
            [python, "-m", "millrace_bench.quickhouse_sync", *dataset.tables],
            BENCH_SOURCE=f"postgresql://{source.user}:{source.password}@{source.address}/{source.database}",
            BENCH_TARGET=self._field.clickhouse.url,
            BENCH_DATABASE=self.database,
        )

    def rows(self, dataset: Dataset) -> int:
        return self._field.clickhouse.count(self.database, dataset.tables)


class Dlt:
    """dlt's extraction alone: rows from Postgres into files, nothing of its way into ClickHouse."""

    name, slow, database = "dlt, extraction alone", True, None

    def __init__(self, field: Field) -> None:
        self._field = field
        self._folder, self._count = field.work / "dlt", field.work / "dlt-count"

    def prepare(self, dataset: Dataset) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._count.unlink(missing_ok=True)

    def run(self, dataset: Dataset) -> Usage:
        source = self._field.source
        # psycopg2 is named, as SQLAlchemy's own choice varies with its version.
        url = f"postgresql+psycopg2://{source.user}:{source.password}@{source.address}/{source.database}"
        python = self._field.layout.program("bench", "python")
        return self._field.measure(
            "dlt",
            [python, "-m", "millrace_bench.dlt_extract", self._folder, self._count, *dataset.tables],
            BENCH_SOURCE=url,
            DLT_DATA_DIR=str(self._folder),
            RUNTIME__DLTHUB_TELEMETRY="false",
            # One table after the other: by turns, each of hundreds would hold a connection.
            EXTRACT__NEXT_ITEM_MODE="fifo",
        )

    def rows(self, dataset: Dataset) -> int:
        return int(self._count.read_text())
