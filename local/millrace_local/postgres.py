"""The local Postgres: makes its cluster, roles, databases and the sample data."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from millrace_local.layout import Layout
from millrace_local.private import passable_folder
from millrace_local.problem import UNREACHABLE, Problem
from millrace_local.samples import Sample, samples
from millrace_local.secret_keys import ADMIN_KEY, secret_keys
from millrace_local.whole_file import write_private

ADMIN = "millrace_admin"
MARK = "millrace.admin"  # in the folder of a cluster whose superuser is ADMIN
# Of a source's role: to make further databases, and to follow their changes; pg_hba.conf lets nobody copy the cluster.
SOURCE_RIGHTS = "NOSUPERUSER NOCREATEROLE NOBYPASSRLS CREATEDB REPLICATION"
OWN_DATABASES = ("AIRFLOW_DB", "SUPERSET_DB")


def make_cluster(layout: Layout, settings: Mapping[str, str]) -> bool:
    """Runs initdb unless a cluster is there, with a superuser of its own; True when a cluster was made.

    A cluster is made aside and moved into place, so that a kill leaves none half-made.
    """
    place = layout.pgdata
    if (place / "PG_VERSION").exists():
        return False
    draft = place.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    owner = layout.postgres_owner
    if layout.postgres_outside:
        passable_folder(place.parent)
    draft.mkdir(mode=0o700, parents=True)
    if owner:
        os.chown(draft, owner.pw_uid, owner.pw_gid)
    with tempfile.NamedTemporaryFile("w", prefix="millrace-") as password:
        password.write(admin_key(layout) + "\n")
        password.flush()
        if owner:
            os.chown(password.name, owner.pw_uid, owner.pw_gid)
        argv: list[str | Path] = [layout.postgres / "bin/initdb", "-D", draft, "-U", ADMIN, f"--pwfile={password.name}"]
        argv += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        identity: dict[str, Any] = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        try:
            done = subprocess.run(argv, cwd="/", capture_output=True, text=True, **identity)
        except OSError as error:
            hint = f"Remove {layout.postgres} and run it again."
            raise Problem(f"PostgreSQL cannot be started: {error}.", hint) from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Problem(f"initdb failed: {' '.join(said[-2:])}", f"Is there room and permission below {place.parent}?")
    (draft / MARK).touch()
    if owner:
        os.chown(draft / MARK, owner.pw_uid, owner.pw_gid)
    draft.rename(place)
    return True


def write_access(layout: Layout, settings: Mapping[str, str]) -> None:
    """Says who may sign in where; a cluster of an earlier version, whose source role is superuser, stays as it is."""
    if not has_admin(layout):
        return
    text = "".join(f"{line}\n" for line in access_lines(settings, samples_of(layout, settings)))
    write_private(layout.pgdata / "pg_hba.conf", text, layout.postgres_owner)


def samples_of(layout: Layout, settings: Mapping[str, str]) -> list[Sample]:
    """The sample sources of this product's pipelines that are to be on our own server."""
    return samples(layout.root, layout.pipelines, settings)


def access_lines(settings: Mapping[str, str], sources: Iterable[Sample]) -> Iterator[str]:
    """The lines of pg_hba.conf: our own databases are for their own role, which may go nowhere else."""
    own = [(quoted(settings[f"{p}_NAME"]), quoted(settings[f"{p}_USER"])) for p in OWN_DATABASES]
    of_sources = [(quoted(source.database), quoted(source.role)) for source in sources]
    yield "# Written at each start by run.sh. No line names replication: copying the whole cluster is nobody's."
    for address in ("127.0.0.1/32", "::1/128"):
        for database, role in (("all", quoted(ADMIN)), *own, *of_sources):
            yield f"host {database} {role} {address} scram-sha-256"
        yield f"host {','.join(database for database, _ in own)} all {address} reject"
        yield f"host all {','.join(role for _, role in own)} {address} reject"
        yield f"host all all {address} scram-sha-256"


def quoted(name: str) -> str:
    """A name as pg_hba.conf takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def has_admin(layout: Layout) -> bool:
    """True for a cluster with a superuser of its own."""
    return (layout.pgdata / MARK).exists()


def admin_key(layout: Layout) -> str:
    """The superuser's password."""
    return secret_keys(layout.state)[ADMIN_KEY]


def connect_admin(layout: Layout, settings: Mapping[str, str]) -> psycopg.Connection:
    """A connection as the superuser; in a cluster of an earlier version that is the source's role."""
    if not has_admin(layout):
        return connect(settings, "postgres")
    return connect({**settings, "POSTGRES_USER": ADMIN, "POSTGRES_PASSWORD": admin_key(layout)}, "postgres")


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
    own = has_admin(layout)
    with connect_admin(layout, settings) as connection:
        connection.execute("SELECT pg_reload_conf()")
        for prefix in OWN_DATABASES:
            make_role(connection, settings[f"{prefix}_USER"], settings[f"{prefix}_PASSWORD"], "")
            make_database(connection, settings[f"{prefix}_NAME"], settings[f"{prefix}_USER"])
            close_database(connection, settings[f"{prefix}_NAME"])
        for source in samples_of(layout, settings):
            if own or source.role != settings["POSTGRES_USER"]:
                make_role(connection, source.role, source.password, SOURCE_RIGHTS)
            if make_database(connection, source.database, source.role):
                made.append(source.database)
    for source in samples_of(layout, settings):
        load_sample_data(settings, source)
    note = f"sample data in {', '.join(made)}" if made else ""
    return note if own else f"{settings['POSTGRES_USER']} is its superuser, as before; ./stop.sh --clean begins anew"


def make_role(connection: psycopg.Connection, name: str, password: str, rights: str) -> None:
    """A role that may log in with this password and has these rights, whether or not it was there before."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if there else "CREATE"
    statement = sql.SQL(f"{verb} ROLE {{}} LOGIN {rights} PASSWORD {{}}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(password)))


def make_database(connection: psycopg.Connection, name: str, owner: str) -> bool:
    """A database; False when it was there before."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    statement = sql.SQL("CREATE DATABASE {} OWNER {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))
    return True


def close_database(connection: psycopg.Connection, name: str) -> None:
    """Keeps everybody but its owner out of a database, should pg_hba.conf ever let them in."""
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def load_sample_data(settings: Mapping[str, str], source: Sample) -> None:
    """Runs the sample's SQL files in one transaction, once: a database that holds any table is left alone."""
    login = {**settings, "POSTGRES_USER": source.role, "POSTGRES_PASSWORD": source.password}
    with connect(login, source.database) as connection:
        tables = "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        if connection.execute(tables + " LIMIT 1").fetchone():
            return
        with connection.transaction():
            for script in sorted(source.scripts.glob("*.sql")):
                connection.execute(script.read_text(), prepare=False)
