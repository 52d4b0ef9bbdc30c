"""What a pipeline's PostgreSQL is, and whether its role may read what the pipeline names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from millrace_checks.finding import Finding, first_line
from millrace_checks.source import connect
from millrace_checks.tables import copies
from millrace_contract.pipeline import Pipeline

OLDEST = 12
SERVER = """
SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000, pg_is_in_recovery(),
  current_setting('wal_level'), abs(extract(epoch FROM clock_timestamp() - %s::timestamptz))::float8,
  (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user)
"""
TABLE = """
SELECT has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'),
  c.relrowsecurity AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
  EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary), c.relreplident
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s
"""
DRIFT = 5.0  # seconds
WAL = "; changes need: ALTER SYSTEM SET wal_level = logical, then a restart of PostgreSQL"
ROLE = "the role may not replicate: ALTER ROLE … REPLICATION"


@dataclass(frozen=True)
class Server:
    """What a server says of itself and of the role."""

    version: str
    major: int
    is_replica: bool
    wal_level: str
    drift: float
    is_superuser: bool
    may_replicate: bool


@dataclass(frozen=True)
class Table:
    """What the catalog says of a table; is_filtered: row policies hide rows from the role."""

    is_readable: bool
    is_filtered: bool
    has_key: bool
    identity: str

    @property
    def can_be_followed(self) -> bool:
        return self.has_key or self.identity in ("f", "i")


def source(settings: Mapping[str, str], pipeline: Pipeline) -> Iterator[Finding]:
    """Looks at the server, then at each table."""
    name, prefix = f"source of {pipeline.name}", pipeline.source_env
    place = f"{settings[f'{prefix}_HOST']}:{settings[f'{prefix}_PORT']}"
    try:
        connection = connect(settings, prefix)
    except psycopg.Error as error:
        hint = f"{prefix}_HOST, _PORT, _DB, _USER, _PASSWORD in .env say where and who"
        yield Finding(name, False, f"{place}: {first_line(error)}; {hint}")
        return
    with connection:
        row = connection.execute(SERVER, [datetime.now(UTC)]).fetchone()
        assert row is not None
        yield from judged(name, f"{place}/{settings[f'{prefix}_DB']}", Server(*row), bool(pipeline.follow))
        found = copies(connection, pipeline)
        if not found:
            yield Finding(name, False, "it has none of the tables that the pipeline names")
        for schema, table in found:
            facts = connection.execute(TABLE, [schema, table]).fetchone()
            yield table_finding(f"{schema}.{table}", Table(*facts) if facts else None, bool(pipeline.follow))


def judged(name: str, place: str, server: Server, follows: bool) -> Iterator[Finding]:
    """What is to be said of a server. follows: whether its changes are wanted."""
    kind = "replica" if server.is_replica else "primary"
    old = "" if server.major >= OLDEST else f"; {OLDEST} or newer is needed"
    yield Finding(name, not old, f"{place}: PostgreSQL {server.version}, {kind}{old}")
    if server.is_superuser:
        yield Finding(name, True, "the role is a superuser; one that may only read is enough (postgres/reader.sql)")
    if server.drift > DRIFT:
        yield Finding(name, False, f"its clock and this machine's differ by {server.drift:.0f} s; set them by NTP")
    if follows:
        wal = server.wal_level == "logical"
        yield Finding(name, wal, f"wal_level {server.wal_level}" + ("" if wal else WAL))
        yield Finding(name, server.may_replicate, "the role may replicate" if server.may_replicate else ROLE)


def table_finding(table: str, facts: Table | None, follows: bool) -> Finding:
    """What is to be said of one table of the source."""
    if facts is None:
        return Finding(table, False, "is not there; the pipeline file names it")
    if not facts.is_readable:
        return Finding(table, False, f"the role may not read it: GRANT SELECT ON {table} TO the role")
    if facts.is_filtered:
        return Finding(table, False, "row policies hide rows from the role: ALTER ROLE … BYPASSRLS, or a policy for it")
    if follows and not facts.can_be_followed:
        return Finding(table, False, f"has no key: ALTER TABLE {table} REPLICA IDENTITY FULL lets it be followed")
    return Finding(table, True, "readable" if facts.has_key else "readable; it has no primary key")
