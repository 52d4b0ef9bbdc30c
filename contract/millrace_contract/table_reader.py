"""Reads the items of a file's list of tables: mappings, or bare names and patterns."""

import re

import yaml

from millrace_contract.bounded_yaml import line_of, text_of
from millrace_contract.column_reader import TRUTH, columns, settings
from millrace_contract.pipeline import Guard, Mode, Table
from millrace_contract.problems import Problems, quote
from millrace_contract.rule_reader import rules
from millrace_contract.section import Section
from millrace_contract.table_name import Part, TablePattern, has_wildcard, parse, within

TABLE = (
    *("name", "schema", "target", "mode", "cursor", "lookback", "key"),
    *("engine", "order_by", "partition_by", "ttl", "settings", "columns", "adopt", "rules"),
    *("where", "row_id", "min_rows", "max_shrink", "expect"),
)
MODES = tuple(mode.value for mode in Mode)
ROWS = re.compile(r"[0-9]{1,18}")
SHARE = re.compile(r"([0-9]|[1-9][0-9]|100) ?%")


def tables(pipeline: Section, schema: str) -> tuple[Table, ...]:
    """The tables of a file, at least one. schema: of those that do not say theirs."""
    node = pipeline.nodes.get("tables")
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        sentence = '"tables" must be a list of at least one table.'
        pipeline.problem("tables", "no-tables", sentence)
        return ()
    found = tuple(table(item, schema, pipeline.problems) for item in node.value)
    refuse_repeated(found, pipeline.problems)
    return found


def table(node: yaml.Node, schema: str, problems: Problems) -> Table:
    """One of them."""
    if text := text_of(node):
        return listed(text, "", "", schema, line_of(node))
    section = Section("a table", node, TABLE, problems)
    target = section.text("target")
    base = listed(section.needed("name"), section.text("schema"), target, schema, section.line)
    if base.is_pattern and "{" in re.sub(r"\{schema}|\{table}", "", base.target):
        sentence = f"The target of a pattern may hold {{schema}} and {{table}}, not {quote(base.target)}."
        problems.add(section.line, "bad-target", sentence)
    mode, cursor, lookback = mode_of(section)
    return Table(
        text=base.text,
        own_schema=base.own_schema,
        source=base.source,
        target=base.target,
        line=base.line,
        mode=mode,
        cursor=cursor,
        lookback=lookback,
        key=section.texts("key"),
        engine=section.text("engine"),
        order_by=section.text("order_by"),
        partition_by=section.text("partition_by"),
        ttl=section.text("ttl"),
        settings=settings(section),
        columns=columns(section),
        adopt=section.choice("adopt", TRUTH) == "true",
        rules=rules(section, schema),
        where=section.text("where"),
        row_id=section.text("row_id"),
        guard=guard(section),
    )


def listed(text: str, own_schema: str, target: str, schema: str, line: int) -> Table:
    """Only a star or question mark makes a text a pattern, and only there double quotes have a meaning."""
    source = within(own_schema, text) if own_schema else parse(text, schema)
    if not has_wildcard(text):
        source = TablePattern(text, Part(own_schema or schema, True), Part(text, True))
    default = source.table.text if source.is_name else "{table}"
    return Table(text, own_schema, source, target or default, line)


def mode_of(section: Section) -> tuple[Mode, str, str]:
    """How rows reach the target, with cursor and lookback where the mode has them."""
    mode = Mode(section.choice("mode", MODES))
    match mode:
        case Mode.INCREMENTAL:
            return mode, section.needed("cursor"), section.text("lookback")
        case Mode.FULL:
            for key in ("cursor", "lookback"):
                if key in section:
                    sentence = f'{quote(key)} is for tables with "mode: incremental".'
                    section.problem(key, "for-incremental-tables", sentence)
            return mode, "", ""


def guard(section: Section) -> Guard:
    """What must be true of the complete table."""
    expect = section.section("expect", None)
    default = Guard()
    return Guard(
        min_rows=number(section, "min_rows", ROWS, "a number of rows", default.min_rows),
        max_shrink=number(section, "max_shrink", SHARE, "a share from 0 % to 100 %", default.max_shrink),
        expect={name: expect.text(name) for name in expect.nodes} if expect else {},
    )


def number(section: Section, key: str, form: re.Pattern[str], what: str, default: int) -> int:
    """What a guard asks for, without its unit."""
    text = section.text(key)
    if text and not form.fullmatch(text):
        section.problem(key, "bad-number", f"{quote(key)} must be {what}, not {quote(text)}.")
        return default
    return int(text.rstrip(" %")) if text else default


def refuse_repeated(found: tuple[Table, ...], problems: Problems) -> None:
    """Two tables with one target are a problem."""
    lines: dict[str, int] = {}
    for entry in found:
        if entry.is_pattern or not entry.target:
            continue
        if entry.target in lines:
            sentence = f"The target {quote(entry.target)} is already that of line {lines[entry.target]}."
            problems.add(entry.line, "repeated-target", sentence)
        lines.setdefault(entry.target, entry.line)
