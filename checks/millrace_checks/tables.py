"""Every loaded table against its source, row count by row count, and the loader's own word on it."""

from collections.abc import Iterator, Mapping

from psycopg import sql

from millrace_checks import clickhouse
from millrace_checks.finding import Finding
from millrace_checks.pipelines import Pipeline
from millrace_checks.source import connect, first_row


def table_counts(settings: Mapping[str, str], pipeline: Pipeline) -> Iterator[Finding]:
    """A finding a table: the same number of rows on both sides."""
    with connect(settings, pipeline.source_env) as connection:
        for table in pipeline.tables:
            source = sql.Identifier(pipeline.schema, table.source)
            here = first_row(connection, sql.SQL("SELECT count(*) FROM {}").format(source))[0]
            target = f"`{pipeline.database}`.`{table.target}`"
            there = int(clickhouse.rows(settings, f"SELECT count() FROM {target}", pipeline.target_env)[0][0])
            subject = f"{pipeline.database}.{table.target}"
            yield Finding(subject, here == there, f"{there} rows, PostgreSQL {here}")


def last_loads(settings: Mapping[str, str], pipeline: Pipeline) -> Iterator[Finding]:
    """One finding: the newest load of every table of the pipeline ended well."""
    wanted = {f"{pipeline.database}.{table.target}" for table in pipeline.tables}
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
