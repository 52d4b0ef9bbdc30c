"""Whether two copies of a table hold the same values, however their columns are declared."""

from collections.abc import Sequence
from dataclasses import dataclass

from millrace_bench.clickhouse import ClickHouse


@dataclass(frozen=True)
class Column:
    """A column as ClickHouse declares it."""

    name: str
    type: str


def differing(clickhouse: ClickHouse, base: str, other: str, tables: Sequence[str]) -> list[str]:
    """
    The columns ("price", or "orders.price" where there are several tables) in which the tables of one database differ
    from those of the base; "rows" where the columns agree one by one and the rows do not. Raises Failed.
    """
    found = [(table, name) for table in tables for name in differing_in(clickhouse, base, other, table)]
    return [name if len(tables) == 1 else f"{table}.{name}" for table, name in found]


def differing_in(clickhouse: ClickHouse, base: str, other: str, table: str) -> list[str]:
    """Those of one table."""
    columns = columns_of(clickhouse, base, table)
    there = {column.name for column in columns_of(clickhouse, other, table)}
    missing = [column.name for column in columns if column.name not in there]
    compared = [column for column in columns if column.name in there]
    sums = [clickhouse.ask(fingerprint(database, table, compared)).split("\t") for database in (base, other)]
    names = [*(column.name for column in compared), "rows"]
    wrong = [name for name, one, two in zip(names, *sums, strict=True) if one != two]
    return missing + (wrong if wrong == ["rows"] else [name for name in wrong if name != "rows"])


def columns_of(clickhouse: ClickHouse, database: str, table: str) -> list[Column]:
    """In the order of the table."""
    where = f"database = '{database}' AND table = '{table}'"
    lines = clickhouse.ask(f"SELECT name, type FROM system.columns WHERE {where} ORDER BY position FORMAT TSVRaw")
    return [Column(*line.split("\t")) for line in lines.splitlines()]


def fingerprint(database: str, table: str, columns: Sequence[Column]) -> str:
    """A sum of hashes for each column and one for whole rows, whose order is of no concern. A value of another type
    counts as the one it is in the base's type: 1.50 as a text or a wider decimal is 1.5.
    """
    texts = [f"toString(accurateCastOrNull(`{column.name}`, '{quoted(column.type)}'))" for column in columns]
    hashes = [f"cityHash64(isNull({text}), ifNull({text}, ''))" for text in texts]
    whole = f"cityHash64({', '.join(hashes)})"
    return f"SELECT {', '.join(f'sum({each})' for each in [*hashes, whole])} FROM {database}.{table} FORMAT TSV"


def quoted(type_name: str) -> str:
    """A type's name inside of a literal, without what casts refuse around it."""
    bare = type_name.removeprefix("LowCardinality(").removesuffix(")") if "LowCardinality(" in type_name else type_name
    inner = bare.removeprefix("Nullable(").removesuffix(")") if bare.startswith("Nullable(") else bare
    return inner.replace("\\", "\\\\").replace("'", "\\'")
