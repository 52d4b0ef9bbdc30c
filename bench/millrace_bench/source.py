"""The Postgres that is read: its psql command, its data."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from millrace_bench.dataset import Dataset
from millrace_local.problem import Problem

DATA = Path(__file__).resolve().parent.parent / "data"
SETTINGS = ("shared_buffers", "wal_level", "fsync", "max_connections", "jit", "max_wal_size")


class Source:
    """The Postgres that the settings lead to; the schema bench in it is ours."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.address = f"{settings['POSTGRES_HOST']}:{settings['POSTGRES_PORT']}"
        self.database = settings["POSTGRES_DB"]
        self.user, self.password = settings["POSTGRES_USER"], settings["POSTGRES_PASSWORD"]
        self.environment = {
            "PGHOST": settings["POSTGRES_HOST"],
            "PGPORT": settings["POSTGRES_PORT"],
            "PGDATABASE": self.database,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }

    def psql(self, *arguments: str | Path) -> list[str | Path]:
        """A psql command line; the connection comes from the environment."""
        return ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *arguments]

    def run(self, environment: Mapping[str, str], *arguments: str | Path) -> str:
        """What psql answers; raises Problem with its own sentence when it fails."""
        done = subprocess.run(self.psql(*arguments), env=dict(environment), capture_output=True, text=True)
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or ["it said nothing"]
            raise Problem(f"psql failed: {said[-1]}", "The data of the benchmark is made in the schema bench.")
        return done.stdout.strip()

    def fill(self, dataset: Dataset, environment: Mapping[str, str]) -> None:
        """Makes the dataset's tables, in place of all that there were."""
        self.empty(environment)
        words = ["-v", f"table={dataset.name}", "-v", f"rows={dataset.rows}"]
        self.run(environment, "-c", "CREATE SCHEMA bench")
        self.run(environment, *words, "-f", DATA / f"{dataset.script}.sql")
        # Nothing that Postgres still has to do for new rows may fall into the first contestant's time.
        self.run(environment, "-c", "VACUUM (FREEZE, ANALYZE)", "-c", "CHECKPOINT")

    def empty(self, environment: Mapping[str, str]) -> None:
        """Removes our schema."""
        # A transaction has only so many locks to give: not enough for hundreds of tables at once.
        drop = "SELECT format('DROP TABLE bench.%I', tablename) FROM pg_tables WHERE schemaname = 'bench' \\gexec\n"
        script = f"SET client_min_messages = warning;\n{drop}DROP SCHEMA IF EXISTS bench CASCADE;\n"
        subprocess.run(self.psql("-o", "/dev/null"), env=dict(environment), input=script, text=True, check=True)

    def facts(self, environment: Mapping[str, str]) -> str:
        """The server's version and those of its settings that matter here."""
        version = self.run(environment, "-At", "-c", "SHOW server_version")
        chosen = ", ".join(f"{name} {self.run(environment, '-At', '-c', f'SHOW {name}')}" for name in SETTINGS)
        return f"{version} ({chosen})"
