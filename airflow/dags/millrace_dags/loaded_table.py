"""The tables of a pipeline, named as its loader and its tasks call them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from millrace_contract.pipeline import Mode, Pipeline, Table
from millrace_contract.table_name import quoted

TASK = "load_"
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")
GROUP = "load_data"  # the id of the group of all loads
DIGEST = 8  # hexadecimal digits


@dataclass(frozen=True)
class LoadedTable:
    """One table of a pipeline, or those that a pattern matches: only the loader knows which these are.

    name: what `--table` calls it; entry: what the file says of it.
    """

    name: str
    task_id: str
    entry: Table

    @property
    def label(self) -> str:
        """As the file writes it, with its schema where the file says that."""
        return label_of(self.entry)

    @property
    def target(self) -> str:
        """In the database that it is loaded to, of a pattern with {schema} and {table}."""
        return self.entry.target

    @property
    def is_pattern(self) -> bool:
        """Whether it may be any number of tables."""
        return self.entry.is_pattern

    @property
    def is_incremental(self) -> bool:
        """Whether a range of it can be loaded again, or all of it in place of what is new."""
        match self.entry.mode:
            case Mode.INCREMENTAL:
                return True
            case Mode.FULL:
                return False
            case _:
                assert_never(self.entry.mode)


def loaded_tables(pipeline: Pipeline) -> tuple[LoadedTable, ...]:
    """The tables of a pipeline, in the order of its file."""
    entries = pipeline.tables
    return tuple(LoadedTable(name_of(entry, entries), task_id(entry, entries), entry) for entry in entries)


def label_of(entry: Table) -> str:
    """The text, with its schema."""
    return f"{entry.own_schema}.{entry.text}" if entry.own_schema else entry.text


def is_called(entry: Table, name: str) -> bool:
    """Whether the loader takes a name for this table, as it takes it for the first that it fits."""
    schema, table = entry.source.schema.text, entry.source.table.text
    return name in (table, entry.target, f"{schema}.{table}")


def name_of(entry: Table, entries: Sequence[Table]) -> str:
    """The label; where that may mean another table or looks like an option, schema and name in quotes."""
    if entry.is_pattern:
        return entry.source.text
    exact = f"{quoted(entry.source.schema.text)}.{quoted(entry.source.table.text)}"
    others = [other for other in entries if other is not entry]
    label = label_of(entry)
    names = [label, entry.target] if any(other.source == entry.source for other in others) else [label]
    for name in names:
        if not name.startswith("-") and not any(is_called(other, name) for other in others):
            return name
    return exact


def task_id(entry: Table, entries: Sequence[Table]) -> str:
    """`load_` and the label; where that is no id, or could be another table's, with a digest of what it stands for.

    It depends on nothing else that the file lists, so that a task keeps its history.
    """
    parts = [part for part in (entry.own_schema, entry.text) if part]
    label = ".".join(parts)
    is_plain = all(PLAIN.fullmatch(part) for part in parts) and TASK + label != GROUP
    is_again = any(other.source == entry.source for other in entries[: entries.index(entry)])
    if is_plain and not is_again:
        return TASK + label
    stands_for = [entry.own_schema, entry.text, entry.target] if is_again else [entry.own_schema, entry.text]
    digest = hashlib.sha256("\0".join(stands_for).encode()).hexdigest()[:DIGEST]
    readable = re.sub(r"[^A-Za-z0-9_.-]", "_", label.replace("*", "all"))[:120]
    return f"{TASK}{readable}_{digest}"
