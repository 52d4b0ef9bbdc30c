"""A product that ./run.sh started, and what tests ask of it."""

import itertools
import os
import random
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from millrace_local.airflow_api import Airflow
from millrace_local.layout import Layout
from millrace_local.ports import is_free

DAG = "elt_pipeline"
COUNTS = {"customers": 10, "products": 15, "orders": 100, "order_items": 294}
PORTS = (
    "POSTGRES_PORT",
    "CLICKHOUSE_HTTP_PORT",
    "WEBHOOK_PORT",
    "AIRFLOW_PORT",
    "SUPERSET_PORT",
    "ORDER_API_PORT",
)
# Passwords with characters that some syntax on their way might take for its own.
PASSWORDS = {
    "POSTGRES_PASSWORD": " p@s:w/r%20d+ $$x{{y}}#1;\"'&<>\\[]~`*?=%(ENV_HOME)s é ",
    "CLICKHOUSE_PASSWORD": "c@s:w/r%20d+ $$x{{ 1 + 1 }}#1;\"'&<>\\[]~`*?=%s é",
    "CLICKHOUSE_WRITER_PASSWORD": "w@s:w/r%20d+ $$x{{ 1 + 1 }}#1;\"'&<>\\[]~`*?=%s é",
    "CLICKHOUSE_READER_PASSWORD": "r@s:w/r%20d+ $$x{{ 1 + 1 }}#1;\"'&<>\\[]~`*?=%s é",
    "AIRFLOW_DB_PASSWORD": "'@:/?#[]%40 +$x\\ ё",
    "SUPERSET_DB_PASSWORD": "%(x)s@:/?#[]% '+${y}\" é",
}
FIRST_PORT = 20000


class Product:
    """root: the checkout; folder: its state and its own copy of the pipeline files; ports: by setting."""

    first_start: subprocess.CompletedProcess[str]

    def __init__(self, root: Path, folder: Path, ports: Mapping[str, str]) -> None:
        self.root, self.folder, self.ports = root, folder, ports
        self.state = folder / "state"
        self.pipelines = folder / "pipelines"
        self.clickhouse_data = Layout(root, folder, self.state).clickhouse_data

    def environment(self) -> dict[str, str]:
        """The environment that its scripts run in."""
        own = {"MILLRACE_STATE": str(self.state), "MILLRACE_PIPELINES": str(self.pipelines)}
        return {**os.environ, **PASSWORDS, **self.ports, **own}

    def script(self, name: str, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Runs one of the scripts at the top to its end (seconds: timeout), with both outputs in stdout."""
        return self.carry_out([str(self.root / name), *arguments], timeout)

    def types(self, commands: str, timeout: float = 300) -> str:
        """Has a shell in the checkout carry out commands of the docs, and gives what they say; each must succeed."""
        done = self.carry_out(["bash", "-ec", commands], timeout)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def carry_out(self, command: list[str], timeout: float) -> subprocess.CompletedProcess[str]:
        """Runs a command in the checkout with this product's environment, both outputs in stdout."""
        return subprocess.run(
            command,
            env=self.environment(),
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )

    def url(self, port: str, path: str = "") -> str:
        """An address on the port that this setting names."""
        return f"http://127.0.0.1:{self.ports[port]}{path}"

    def add_suppliers(self) -> None:
        """Makes one more table in the source, names it in the pipeline file and waits for its task."""
        with self.source() as source:
            source.execute("CREATE TABLE suppliers (supplier_id integer PRIMARY KEY, name text NOT NULL)")
            source.execute("INSERT INTO suppliers SELECT n, 'supplier ' || n FROM generate_series(1, 1000) n")
        path = self.pipelines / "ecommerce.yml"
        text = path.read_text()
        path.write_text(text.replace("  - name: order_items\n", "  - name: order_items\n  - name: suppliers\n"))
        assert eventually(lambda: "load_suppliers" in self.dag_tasks(), 60)

    def source(self, name: str = "ecommerce", password: str = PASSWORDS["POSTGRES_PASSWORD"]) -> psycopg.Connection:
        """A connection to the source database of a pipeline with sample data."""
        return psycopg.connect(
            host="127.0.0.1",
            port=int(self.ports["POSTGRES_PORT"]),
            dbname=f"{name}_db",
            user=name,
            password=password,
            autocommit=True,
        )

    def loader_settings(self) -> dict[str, str]:
        """Those by which the loader finds both servers when it is called by hand."""
        source = {"HOST": "127.0.0.1", "DB": "ecommerce_db", "USER": "ecommerce"}
        target = {"HOST": "127.0.0.1", "USER": "writer", "PASSWORD": PASSWORDS["CLICKHOUSE_WRITER_PASSWORD"]}
        named = {f"POSTGRES_{key}": value for key, value in source.items()}
        return self.environment() | named | {f"CLICKHOUSE_{key}": value for key, value in target.items()}

    def in_clickhouse(self, query: str) -> str:
        """The result of a statement, as text."""
        login = urlencode({"user": "default", "password": PASSWORDS["CLICKHOUSE_PASSWORD"]})
        return self.answer("CLICKHOUSE_HTTP_PORT", f"/?{login}", query.encode())[1].strip()

    def answer(self, port: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Status and text of a GET, or of a POST of JSON when there is a body."""
        request = urllib.request.Request(self.url(port, path), body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def airflow(self) -> Airflow:
        """Airflow's API, logged in."""
        return Airflow({"AIRFLOW_ADMIN_USER": "admin", "AIRFLOW_ADMIN_PASSWORD": "admin", **self.ports})

    def dag_runs(self) -> dict[str, str]:
        """State by run id, newest first."""
        return {run["dag_run_id"]: run["state"] for run in self.airflow().runs(DAG, 20)}

    def run_dag(self, dag: str = DAG) -> None:
        """Runs a DAG to its end; raises Problem unless it succeeds."""
        airflow = self.airflow()
        airflow.wait_for_run(dag, airflow.trigger(dag), 180)

    def dag_tasks(self) -> list[str]:
        """The ids of the DAG's tasks, as Airflow knows them now."""
        return self.airflow().task_ids(DAG)

    def status(self) -> dict[str, tuple[str, str, str]]:
        """State, health and process id of each process, from ./run.sh --status."""
        rows = [line.split() for line in self.script("run.sh", "--status").stdout.splitlines()[1:]]
        return {row[0]: (row[1], row[2], pid_in(row)) for row in rows}

    def processes(self) -> list[int]:
        """Ids of the processes that carry this product's state folder in their environment, ours aside."""
        mark = f"MILLRACE_STATE={self.state}".encode()
        return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and mark in environment_of(p)]


def open_doors(said: str) -> list[str]:
    """The lines of --security that do not hold."""
    return [line for line in said.splitlines() if line.startswith("✗")]


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now, below those that the system hands out to whoever connects."""
    last = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    candidates = random.sample(range(FIRST_PORT, max(last, FIRST_PORT + 1000)), 1000)
    return list(itertools.islice(filter(lambda port: is_free("127.0.0.1", port), candidates), count))


def pid_in(row: list[str]) -> str:
    """The process id in a line of --status, "" when the process does not run."""
    return row[row.index("pid") + 1].rstrip(",") if "pid" in row else ""


def environment_of(process: Path) -> list[bytes]:
    """The environment of a process below /proc; nothing when it is gone."""
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def eventually(holds: Callable[[], bool], timeout: float) -> bool:
    """True as soon as holds() is, False when timeout (seconds) is over."""
    deadline = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.3)
    return True
