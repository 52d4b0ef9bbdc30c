"""The tables that a pipeline file lists, named as its loader and its tasks call them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from millrace_dags.table_name import Part, TablePattern, has_wildcard, parse, quoted, within
from millrace_dags.yaml_section import Section, is_text, text_of

KEYS = (
    *("name", "schema", "target", "mode", "cursor", "lookback", "key"),
    *("engine", "order_by", "partition_by", "ttl", "settings", "columns", "adopt", "rules"),
    *("where", "row_id", "min_rows", "max_shrink", "expect"),
)
TASK = "load_"
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")
GROUP = "load_data"  # the id of the group of all loads
DIGEST = 8  # hexadecimal digits


@dataclass(frozen=True)
class Table:
    """One table of a pipeline, or those that a pattern matches: only the loader knows which these are.

    name: what `--table` calls it; label: as the file writes it, with its schema where the file says that;
    source: in Postgres; target: in the database that it is loaded to, of a pattern with {schema} and {table}; cursor:
    the column that tells what is new, empty for a table that is loaded whole; where:
    a condition of Postgres that is true of the rows that are loaded, empty for all.
    """

    name: str
    label: str
    source: TablePattern
    target: str
    task_id: str
    cursor: str = ""
    where: str = ""

    @property
    def is_pattern(self) -> bool:
        """Whether it may be any number of tables."""
        return not self.source.is_name


@dataclass(frozen=True)
class Entry:
    """An item of the list. schema: its own, empty when it has none."""

    text: str
    schema: str
    source: TablePattern
    target: str
    cursor: str = ""
    where: str = ""

    @property
    def label(self) -> str:
        """The text, with its schema."""
        return f"{self.schema}.{self.text}" if self.schema else self.text

    def is_called(self, name: str) -> bool:
        """Whether the loader takes a name for this table, as it takes it for the first that it fits."""
        schema, table = self.source.schema.text, self.source.table.text
        return name in (table, self.target, f"{schema}.{table}")


def pipeline_tables(file: Section, schema: str) -> tuple[Table, ...]:
    """The tables of a file, at least one. schema: of those that do not say theirs; what is wrong is a problem."""
    entries = list(read_entries(file, schema))
    return tuple(
        Table(name_of(e, entries), e.label, e.source, e.target, task_id(e, entries), e.cursor, e.where) for e in entries
    )


def read_entries(file: Section, schema: str) -> Iterator[Entry]:
    """Each a name or a mapping with a `name`; two with one target are a problem."""
    lines: dict[str, int] = {}
    for node in file.required_items("tables"):
        if is_text(node):
            entry = entry_of(text_of(node), "", "", schema)
        else:
            section = Section(file.path, node, file.problems)
            section.refuse_other_than_mapping("a table")
            section.refuse_unknown(KEYS)
            entry = entry_of(section.needed("name"), section.text("schema"), section.text("target"), schema)
            if section.text("mode") == "incremental":
                entry = replace(entry, cursor=section.text("cursor"))
            entry = replace(entry, where=section.text("where"))
        line = node.start_mark.line + 1
        if entry.source.is_name and lines.setdefault(entry.target, line) != line:
            file.problem(node, f"the target {entry.target} is already that of line {lines[entry.target]}.")
        if not entry.source.is_name and "{" in re.sub(r"\{schema}|\{table}", "", entry.target):
            file.problem(node, f"the target of a pattern may hold {{schema}} and {{table}}, not {entry.target!r}.")
        yield entry


def entry_of(text: str, own_schema: str, target: str, schema: str) -> Entry:
    """Only a star or question mark makes a text a pattern, and only there double quotes have a meaning."""
    source = within(own_schema, text) if own_schema else parse(text, schema)
    if not has_wildcard(text):
        source = TablePattern(text, Part(own_schema or schema, True), Part(text, True))
    usual = source.table.text if source.is_name else "{table}"
    return Entry(text, own_schema, source, target or usual)


def name_of(entry: Entry, entries: list[Entry]) -> str:
    """The label; where that may mean another table or looks like an option, schema and name in quotes."""
    if not entry.source.is_name:
        return entry.source.text
    exact = f"{quoted(entry.source.schema.text)}.{quoted(entry.source.table.text)}"
    others = [other for other in entries if other is not entry]
    names = [entry.label, entry.target] if any(other.source == entry.source for other in others) else [entry.label]
    for name in names:
        if not name.startswith("-") and not any(other.is_called(name) for other in others):
            return name
    return exact


def task_id(entry: Entry, entries: list[Entry]) -> str:
    """`load_` and the label; where that is no id, or could be another table's, with a digest of what it stands for.

    It depends on nothing else that the file lists, so that a task keeps its history.
    """
    label = ".".join(filter(None, (entry.schema, entry.text)))
    parts = [part for part in (entry.schema, entry.text) if part]
    is_plain = all(PLAIN.fullmatch(part) for part in parts) and TASK + label != GROUP
    is_again = any(other.source == entry.source for other in entries[: entries.index(entry)])
    if is_plain and not is_again:
        return TASK + label
    stands_for = [entry.schema, entry.text, entry.target] if is_again else [entry.schema, entry.text]
    digest = hashlib.sha256("\0".join(stands_for).encode()).hexdigest()[:DIGEST]
    readable = re.sub(r"[^A-Za-z0-9_.-]", "_", label.replace("*", "all"))[:120]
    return f"{TASK}{readable}_{digest}"
