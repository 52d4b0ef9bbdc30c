"""Every loaded table against its source, row count by row count, and the loader's own word on it."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, assert_never

import psycopg
from psycopg import sql

from millrace_checks import clickhouse
from millrace_checks.finding import Finding
from millrace_checks.source import connect, first_row
from millrace_contract.pipeline import Mode, Pipeline, Table

# What patterns match: neither partitions, which their parents hold, nor views.
TABLES = """
SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname
"""
Ask = Callable[[str], list[list[Any]]]
LOOKS, PAUSE = 20, 0.1  # seconds


@dataclass(frozen=True)
class Copy:
    """Where a table of the source is loaded to. entry: what the pipeline's file says of it, perhaps by a pattern."""

    target: str
    entry: Table

    def rows(self, schema: str, table: str) -> sql.Composable:
        """What stands behind FROM for the rows of the source that are loaded."""
        source = sql.Identifier(schema, table)
        if not self.entry.where:
            return source
        # The line's end is that of a comment.
        return sql.SQL("(SELECT * FROM {} WHERE ({}\n)) AS chosen").format(source, sql.SQL(self.entry.where))


Copies = dict[tuple[str, str], list[Copy]]


def table_counts(settings: Mapping[str, str], pipeline: Pipeline) -> Iterator[Finding]:
    """A finding a table: the same number of rows on both sides."""
    with connect(settings, pipeline.source_env) as connection:
        for (schema, table), found in copies(connection, pipeline).items():
            for copy in found:
                name = f"{clickhouse.quoted(pipeline.database)}.{clickhouse.quoted(copy.target)}"
                ask = partial(clickhouse.rows, settings, prefix=pipeline.target_env)
                place = (connection, copy.rows(schema, table), ask, name)
                match copy.entry.mode:
                    case Mode.FULL:
                        seen = settled(pipeline, partial(whole, *place))
                    case Mode.INCREMENTAL:
                        seen = new(*place, copy.entry.cursor)
                    case _:
                        assert_never(copy.entry.mode)
                yield Finding(f"{pipeline.database}.{copy.target}", *seen)


def settled(pipeline: Pipeline, look: Callable[[], tuple[bool, str]]) -> tuple[bool, str]:
    """What a look shows; where the source is followed, it may be written to between its two counts: so look again."""
    for _ in range(LOOKS if pipeline.follow else 1):
        seen = look()
        if seen[0]:
            break
        time.sleep(PAUSE)
    return seen


def whole(connection: psycopg.Connection, source: sql.Composable, ask: Ask, name: str) -> tuple[bool, str]:
    """Whether a table that is loaded whole has as many rows as its source."""
    here = first_row(connection, sql.SQL("SELECT count(*) FROM {}").format(source))[0]
    there = int(ask(f"SELECT count() FROM {name}")[0][0])
    return here == there, f"{there} rows, PostgreSQL {here}"


def new(connection: psycopg.Connection, source: sql.Composable, ask: Ask, name: str, cursor: str) -> tuple[bool, str]:
    """Whether a table that takes what is new lacks no row up to its highest cursor; deletes do not reach it."""
    quoted = clickhouse.quoted(cursor)
    last, text = ask(f"SELECT count(), toString(max({quoted})) FROM {name}")[0]
    there = int(last)
    if not there:
        return whole(connection, source, ask, name)
    # Without parameters, for which a % of the condition would stand.
    count = sql.SQL("SELECT count(*) FROM {} WHERE {} <= {}").format(source, sql.Identifier(cursor), sql.Literal(text))
    here = first_row(connection, count)[0]
    words = f"{there} rows up to {cursor} {text}, PostgreSQL {here}"
    return here <= there, words + (", some deleted since" if here < there else "")


def copies(connection: psycopg.Connection, pipeline: Pipeline) -> Copies:
    """The tables of the source with the names that they are loaded to, as the loader finds them."""
    found: Copies = {}
    for entry in pipeline.tables:
        if not entry.is_pattern:
            found.setdefault((entry.source.schema.text, entry.source.table.text), []).append(Copy(entry.target, entry))
    patterns = [entry for entry in pipeline.tables if entry.is_pattern]
    existing = connection.execute(TABLES).fetchall() if patterns else []
    for schema, table in existing:
        if (schema, table) in found or any(pattern.matches(schema, table) for pattern in pipeline.exclude):
            continue
        for entry in patterns:
            if entry.source.matches(schema, table):
                # One after the other, as a table's name may hold braces itself.
                found[schema, table] = [Copy(target_of(entry.target, schema, table), entry)]
                break
    return found


def target_of(template: str, schema: str, table: str) -> str:
    """The name of a pattern's table in ClickHouse."""
    parts = template.split("{schema}")
    return schema.join(part.replace("{table}", table) for part in parts)


def last_loads(settings: Mapping[str, str], pipeline: Pipeline) -> Iterator[Finding]:
    """One finding: the newest load of every table of the pipeline ended well."""
    with connect(settings, pipeline.source_env) as connection:
        targets = [copy.target for found in copies(connection, pipeline).values() for copy in found]
    wanted = {f"{pipeline.database}.{target}" for target in targets}
    newest = """
        SELECT table, argMax(outcome, finished_at), argMax(sentence, finished_at), max(finished_at)
        FROM millrace.loads GROUP BY table
    """
    seen = {row[0]: row for row in clickhouse.rows(settings, newest, pipeline.target_env)}
    bad = [
        f"{name}: {seen[name][2] if name in seen else 'never loaded'}"
        for name in sorted(wanted)
        if name not in seen or seen[name][1] != "done"
    ]
    last = max((seen[name][3] for name in wanted if name in seen), default="never")
    yield Finding(f"audit of {pipeline.name}", not bad, "; ".join(bad) or f"{len(wanted)} tables, last at {last} UTC")
