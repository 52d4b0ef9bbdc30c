"""Those that follow the changes: Millrace into ClickHouse, Debezium's connector into nothing."""

import json
import time
import urllib.error
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from typing import Protocol

from millrace_bench.clickhouse import ClickHouse
from millrace_bench.contestants import Field
from millrace_bench.follow.process import LongProcess, wait_for
from millrace_bench.follow.targets import MILLRACE
from millrace_bench.follow.workload import ITEMS, LARGE, PUBLICATION, TABLES
from millrace_bench.machine import java
from millrace_bench.process import Failed
from millrace_bench.servers import free_port

SLOT = "bench_follow"
START = 600.0  # seconds
SEEN_LIMIT = 120.0  # seconds
POLL = 0.004  # seconds between two looks


class Reader(Protocol):
    """What follows the source, and tells when a row has come. process: None where it is a part of ClickHouse."""

    name: str

    @property
    def process(self) -> LongProcess | None: ...

    def start(self) -> None:
        """Returns when it follows."""
        ...

    def seen(self, table: str, number: int) -> float:
        """The time (seconds since 1970) when the change with this number was there; waits for it."""
        ...

    def stop(self) -> None: ...


class Window:
    """Looks at a table in ClickHouse, again and again over one connection: a new one would cost more than the look."""

    def __init__(self, clickhouse: ClickHouse) -> None:
        self._login = clickhouse.login
        self._connection = HTTPConnection(clickhouse.url.removeprefix("http://").rstrip("/"), timeout=60)

    def seen(self, database: str, table: str, number: int) -> float:
        """The time (seconds since 1970) when the row that shows arrival has this number or a later one."""
        query = f"SELECT probe FROM {database}.{table} WHERE id = -1"
        deadline = time.monotonic() + SEEN_LIMIT
        while int(self._ask(query) or 0) < number:
            if time.monotonic() > deadline:
                raise Failed("a change did not arrive")
            time.sleep(POLL)
        return time.time()

    def _ask(self, query: str) -> str:
        self._connection.request("POST", "/", query, self._login)
        answer = self._connection.getresponse()
        text = answer.read().decode().strip()
        if answer.status != 200:
            raise Failed(text[:200])
        return text


class Millrace:
    """The follower; a change is there when a reader's query shows it."""

    name, database = MILLRACE, "bench_followed"

    def __init__(self, field: Field) -> None:
        self._field = field
        self._program = field.layout.root / "stream/bin/follow"
        self._port = free_port()
        self.pipeline = field.work / "follow_bench.yml"
        follow = {"port": int(self._port), "slot": SLOT, "publication": PUBLICATION}
        tables = [*TABLES, LARGE, ITEMS]
        self.pipeline.write_text(json.dumps(pipeline("follow_bench", self.database, tables) | {"follow": follow}))
        self._window = Window(field.clickhouse)

    def start(self) -> None:
        log = self._field.logs / "follow.log"
        self.process = LongProcess([self._program, "run", "--pipeline", self.pipeline], self._field.environment, log)
        wait_for("the first copy", self._is_following, START)

    def _is_following(self) -> bool:
        self.process.refuse_ended()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/status", timeout=10) as answer:
                status = json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            return False
        states = [table["state"] for table in status["tables"].values()]
        return status["state"] == "following" and states == ["following"] * (len(TABLES) + 2)

    def seen(self, table: str, number: int) -> float:
        self.process.refuse_ended()
        return self._window.seen(self.database, table, number)

    def stop(self) -> None:
        self.process.stop()

    def drop(self) -> None:
        """Gives up the stream and all that it has written."""
        self._field.measure("follow-drop", [self._program, "drop", "--pipeline", self.pipeline])
        for name in (self.database, f"{self.database}_cdc"):
            self._field.clickhouse.drop_database(name)


def pipeline(name: str, database: str, tables: list[str]) -> dict[str, object]:
    """What a pipeline file says; JSON is YAML."""
    return {
        "pipeline": name,
        "source": {"env": "POSTGRES", "schema": "bench"},
        "target": {"env": "CLICKHOUSE", "database": database},
        "tables": tables,
    }


class Debezium:
    """Debezium's connector, its task polled; a change is there when the task has handed it out."""

    name = "Debezium 3.7.0, handed out by its connector"

    def __init__(self, field: Field) -> None:
        self._field = field
        self._came: dict[int, float] = {}
        self._read = 0

    def start(self) -> None:
        source, work = self._field.source, self._field.work / "debezium.properties"
        host, port = source.address.rsplit(":", 1)
        settings = {
            "name": "bench",
            "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
            "topic.prefix": "bench",
            "database.hostname": host,
            "database.port": port,
            "database.user": source.user,
            "database.password": source.password,
            "database.dbname": source.database,
            "plugin.name": "pgoutput",
            "slot.name": "bench_debezium",
            "slot.drop.on.stop": "true",
            "publication.name": PUBLICATION,
            "publication.autocreate.mode": "disabled",
            "snapshot.mode": "no_data",
            # As long as the follower gathers changes; 500 by default.
            "poll.interval.ms": "20",
            "max.batch.size": "8192",
            "max.queue.size": "32768",
        }
        work.touch(mode=0o600)
        work.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        jar = self._field.layout.root / "bench/debezium/target"
        program = [
            java(self._field.environment),
            "-cp",
            f"{jar}/debezium.jar:{jar}/lib/*",
            "millrace.bench.ReadChanges",
        ]
        self.process = LongProcess([*program, work], self._field.environment, self._field.logs / "debezium.log")
        self._read = 0
        wait_for("Debezium's start", self._is_streaming, START)

    def _is_streaming(self) -> bool:
        self.process.refuse_ended()
        query = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'bench_debezium' AND active"
        return self._field.source.run(self._field.environment, "-At", "-c", query) == "1"

    def seen(self, table: str, number: int) -> float:
        def came() -> bool:
            self.process.refuse_ended()
            self._listen()
            return number in self._came

        wait_for("a change from Debezium", came, SEEN_LIMIT, POLL)
        return self._came[number]

    def _listen(self) -> None:
        """Takes the lines that it has said since."""
        with self.process.log.open("rb") as said:
            said.seek(self._read)
            lines, newline, _ = said.read().rpartition(b"\n")
        self._read += len(lines + newline)
        for line in lines.decode(errors="replace").splitlines():
            words = line.split()
            if len(words) == 2 and words[0].isdigit():
                self._came[int(words[0])] = int(words[1]) / 1e6

    def stop(self) -> None:
        self.process.stop()
        Path(self._field.work / "debezium.properties").unlink(missing_ok=True)


class Materialized:
    """ClickHouse's own MaterializedPostgreSQL; a change is there when a query shows it."""

    name, database = "MaterializedPostgreSQL", "bench_materialized"
    process = None

    def __init__(self, field: Field) -> None:
        self._field = field
        self._window = Window(field.clickhouse)

    def start(self) -> None:
        source, ask = self._field.source, self._field.clickhouse.ask
        login = ", ".join(f"'{word}'" for word in (source.address, source.database, source.user, source.password))
        tables = ",".join(TABLES)
        try:
            ask(
                f"CREATE DATABASE {self.database} ENGINE = MaterializedPostgreSQL({login})"
                f" SETTINGS materialized_postgresql_schema = 'bench', materialized_postgresql_tables_list = '{tables}'",
                allow_experimental_database_materialized_postgresql="1",
            )
        except Failed as failed:
            raise Failed(str(failed).replace(source.password, "***")) from None
        count = f"SELECT count() FROM system.tables WHERE database = '{self.database}'"
        wait_for("MaterializedPostgreSQL's copy", lambda: int(ask(count)) == len(TABLES), START)

    def seen(self, table: str, number: int) -> float:
        return self._window.seen(self.database, table, number)

    def stop(self) -> None:
        self._field.clickhouse.drop_database(self.database)
