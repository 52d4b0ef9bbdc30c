"""The local Postgres: makes its cluster, roles, databases and the sample data."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from millrace_local.layout import Layout
from millrace_local.private import own_folder
from millrace_local.problem import UNREACHABLE, Problem

SAMPLE_DATA = {"POSTGRES": "postgres/init/ecommerce"}
OWN_DATABASES = ("AIRFLOW_DB", "SUPERSET_DB")


def make_cluster(layout: Layout, settings: Mapping[str, str]) -> bool:
    """Runs initdb unless a cluster is there; the source's role becomes its superuser, as in the official image.

    True when a cluster was made. A cluster is made aside and moved into place, so that a kill leaves none half-made.
    """
    place = layout.pgdata
    if (place / "PG_VERSION").exists():
        return False
    draft = place.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    owner = layout.postgres_owner
    if layout.postgres_outside:
        # Its account passes through, and sees nothing of others.
        own_folder(place.parent, 0o711)
    draft.mkdir(mode=0o700, parents=True)
    if owner:
        os.chown(draft, owner.pw_uid, owner.pw_gid)
    with tempfile.NamedTemporaryFile("w", prefix="millrace-") as password:
        password.write(settings["POSTGRES_PASSWORD"] + "\n")
        password.flush()
        if owner:
            os.chown(password.name, owner.pw_uid, owner.pw_gid)
        argv: list[str | Path] = [
            layout.postgres / "bin/initdb",
            "-D",
            draft,
            "-U",
            settings["POSTGRES_USER"],
            f"--pwfile={password.name}",
        ]
        argv += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        identity: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        done = subprocess.run(argv, cwd="/", capture_output=True, text=True, **identity)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Problem(f"initdb failed: {' '.join(said[-2:])}", f"Is there room and permission below {place.parent}?")
    draft.rename(place)
    return True


def connect(settings: Mapping[str, str], database: str) -> psycopg.Connection:
    """A connection as the source's role.

    Raises Problem (exit code 3) with the server's own sentence when it is refused.
    """
    try:
        return psycopg.connect(
            host=settings["POSTGRES_HOST"],
            port=int(settings["POSTGRES_PORT"]),
            user=settings["POSTGRES_USER"],
            password=settings["POSTGRES_PASSWORD"],
            dbname=database,
            connect_timeout=5,
            autocommit=True,
        )
    except psycopg.OperationalError as error:
        sentence = f"PostgreSQL refused the connection: {str(error).strip().splitlines()[-1]}"
        hint = "Did POSTGRES_USER or POSTGRES_PASSWORD change after the first start? ./stop.sh --clean begins anew."
        raise Problem(sentence, hint, UNREACHABLE) from error


def answers(settings: Mapping[str, str]) -> bool:
    """True when the server takes connections, even if it refuses ours."""
    try:
        connect(settings, "postgres").close()
    except Problem as problem:
        return "password authentication failed" in problem.sentence
    return True


def prepare_databases(layout: Layout, settings: Mapping[str, str]) -> str:
    """Makes what is missing: our own databases with their roles, and the source with its sample data."""
    made = []
    with connect(settings, "postgres") as connection:
        for prefix in OWN_DATABASES:
            make_role(connection, settings[f"{prefix}_USER"], settings[f"{prefix}_PASSWORD"])
            make_database(connection, settings[f"{prefix}_NAME"], settings[f"{prefix}_USER"])
        for prefix, folder in SAMPLE_DATA.items():
            if make_database(connection, settings[f"{prefix}_DB"], settings[f"{prefix}_USER"]):
                made.append(settings[f"{prefix}_DB"])
            load_sample_data(settings, settings[f"{prefix}_DB"], layout.root / folder)
    return f"sample data in {', '.join(made)}" if made else ""


def make_role(connection: psycopg.Connection, name: str, password: str) -> None:
    """A role that may log in with this password, whether or not it was there before."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if there else "CREATE"
    statement = sql.SQL(verb + " ROLE {} LOGIN PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(password)))


def make_database(connection: psycopg.Connection, name: str, owner: str) -> bool:
    """A database; False when it was there before."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    statement = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))
    return True


def load_sample_data(settings: Mapping[str, str], database: str, folder: Path) -> None:
    """Runs the folder's SQL files in one transaction, once: a database that holds any table is left alone."""
    with connect(settings, database) as connection:
        tables = "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        if connection.execute(tables + " LIMIT 1").fetchone():
            return
        with connection.transaction():
            for script in sorted(folder.glob("*.sql")):
                connection.execute(script.read_text(), prepare=False)
