"""Tables by name or pattern, as pipeline files and `loader --table` write them: what the loader's TablePattern says."""

import re
from dataclasses import dataclass

QUOTED = re.compile(r'"(?:[^"]|"")+"', re.DOTALL)
FORM = re.compile(r'(?:(?P<schema>"(?:[^"]|"")+"|[^".][^.]*)\.)?(?P<table>.+)', re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One side of the dot. exact: whether the text is a name rather than a pattern."""

    text: str
    exact: bool

    def matches(self, name: str) -> bool:
        """Whether this is the name's, or its pattern."""
        if self.exact:
            return name == self.text
        wild = {"*": ".*", "?": "."}
        expression = "".join(wild.get(c, re.escape(c)) for c in self.text)
        return re.fullmatch(expression, name, re.DOTALL) is not None


@dataclass(frozen=True)
class TablePattern:
    """text: as the loader knows it, which finds a pattern by its text."""

    text: str
    schema: Part
    table: Part

    @property
    def is_name(self) -> bool:
        """Whether no other table can match than one."""
        return self.schema.exact and self.table.exact

    def matches(self, schema: str, table: str) -> bool:
        """Whether a table of the source is meant."""
        return self.schema.matches(schema) and self.table.matches(table)


def part(written: str) -> Part:
    """A side of the dot; what is in double quotes is a name as it is."""
    if QUOTED.fullmatch(written):
        return Part(written[1:-1].replace('""', '"'), True)
    return Part(written, not has_wildcard(written))


def has_wildcard(text: str) -> bool:
    """Only such texts are patterns in a pipeline file, or may have parts in double quotes."""
    return "*" in text or "?" in text


def parse(text: str, schema: str) -> TablePattern:
    """`table` or `schema.table`; schema: that of a text without a dot."""
    parts = FORM.fullmatch(text)
    if parts is None or parts["schema"] is None:
        return TablePattern(text, Part(schema, True), part(text))
    return TablePattern(text, part(parts["schema"]), part(parts["table"]))


def within(schema: str, table: str) -> TablePattern:
    """Tables of one schema, where a dot has no meaning."""
    return TablePattern(f"{schema}.{table}", Part(schema, True), part(table))


def quoted(name: str) -> str:
    """A name as it is, in a pattern."""
    return '"' + name.replace('"', '""') + '"'
