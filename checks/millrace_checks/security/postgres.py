"""What each role may do in Postgres, and who else gets in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from millrace_checks.finding import Finding, first_line
from millrace_checks.security.door import door

PATIENCE = 5  # seconds
SHOWN = 70  # characters of what a server said
# What no role of the product may do; each is refused, or changes nothing.
BEYOND_RIGHTS = {
    "runs a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "reads a file": "SELECT pg_read_file('/etc/hostname')",
    "reads passwords": "SELECT rolpassword FROM pg_authid",
    "makes a superuser": "CREATE ROLE millrace_probe SUPERUSER",
}
READER = "Let a role read that may nothing else: postgres/reader.sql makes one"
OWN_ONLY = "Begin anew (./stop.sh --clean), or close it by hand: REVOKE ALL ON DATABASE … FROM PUBLIC"


@dataclass(frozen=True)
class Login:
    """Where and as whom to sign in."""

    host: str
    port: str
    role: str
    password: str
    database: str

    def connect(self, **more: Any) -> psycopg.Connection:
        """A connection without a transaction; raises psycopg.OperationalError where it is refused."""
        return psycopg.connect(
            host=self.host,
            port=int(self.port),
            user=self.role,
            password=self.password,
            dbname=self.database,
            connect_timeout=PATIENCE,
            autocommit=True,
            **more,
        )


def postgres(settings: Mapping[str, str]) -> Iterator[Finding]:
    """A finding a door."""
    source = Login(
        settings["POSTGRES_HOST"],
        settings["POSTGRES_PORT"],
        settings["POSTGRES_USER"],
        settings["POSTGRES_PASSWORD"],
        settings["POSTGRES_DB"],
    )
    own = [metadata(settings, prefix, source) for prefix in ("AIRFLOW_DB", "SUPERSET_DB")]
    everybody = [source, *own]
    for login in everybody:
        for with_what, password in (("no password", ""), ("a wrong password", "none of it")):
            wrong = Login(login.host, login.port, login.role, password, login.database)
            remedy = "Let pg_hba.conf ask for scram-sha-256"
            yield kept_out(f"Postgres, {login.role} with {with_what}", wrong, remedy)
        yield from beyond_rights(login)
    for login in everybody:
        for other in everybody:
            if other.database != login.database:
                place = Login(other.host, other.port, login.role, login.password, other.database)
                yield kept_out(f"Postgres, {login.role} in {other.database}", place, OWN_ONLY)
    yield kept_out("Postgres, a copy of the whole cluster", source, "Take replication out of pg_hba.conf", "true")


def metadata(settings: Mapping[str, str], prefix: str, source: Login) -> Login:
    """The login to one of the product's own databases: in Docker on a server of its own, else beside the source."""
    names = (settings[f"{prefix}_USER"], settings[f"{prefix}_PASSWORD"], settings[f"{prefix}_NAME"])
    apart = Login("127.0.0.1", settings["AIRFLOW_DB_PORT"], *names)
    try:
        apart.connect().close()
    except psycopg.OperationalError:
        return Login(source.host, source.port, *names)
    return apart


def beyond_rights(login: Login) -> Iterator[Finding]:
    """What a role may do once it is in."""
    try:
        connection = login.connect()
    except psycopg.OperationalError as error:
        words, remedy = reason(error), "Set the role's password to that in .env: ALTER ROLE … PASSWORD …"
        yield door(f"Postgres, {login.role} with its own password", False, words, remedy)
        return
    with connection:
        row = connection.execute("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = user")
        mighty = row.fetchone() != (False,)
        words = "has rights of a superuser" if mighty else "no superuser"
        yield door(f"Postgres, {login.role} with its own password", not mighty, words, READER)
        for what, statement in BEYOND_RIGHTS.items():
            yield refused(connection, f"Postgres, {login.role} {what}", statement)


def kept_out(tried: str, login: Login, remedy: str, replication: str = "") -> Finding:
    """Holds when this login is refused."""
    try:
        login.connect(**({"replication": replication} if replication else {})).close()
    except psycopg.OperationalError as error:
        return door(tried, True, f"refused: {reason(error)}", remedy)
    return door(tried, False, "gets in", remedy)


def reason(error: psycopg.OperationalError) -> str:
    """Why a connection was refused, in the server's words."""
    said = str(error).strip().splitlines()[-1]
    words = said.rpartition("FATAL:")[2] if "FATAL:" in said else said.rpartition(": ")[2]
    return words.strip()[:SHOWN]


def refused(connection: psycopg.Connection, tried: str, statement: str) -> Finding:
    """Holds when the statement is refused."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement.encode())
    except psycopg.Error as error:
        return door(tried, True, f"refused: {first_line(error)[:SHOWN]}", READER)
    return door(tried, False, "is allowed", READER)
