"""Reads the rules of a table: SQL conditions, or mappings that name what has to exist."""

import yaml

from millrace_contract.bounded_yaml import text_of
from millrace_contract.pipeline import Condition, Exists
from millrace_contract.section import Section

RULE = ("condition", "exists", "column")


def rules(table: Section, schema: str) -> tuple[Condition | Exists, ...]:
    """Those of a table. schema: of tables that do not say theirs."""
    found = (rule(node, table, schema) for node in table.items("rules"))
    return tuple(each for each in found if each)


def rule(node: yaml.Node, table: Section, schema: str) -> Condition | Exists | None:
    """One of them; None, and a problem, where it is none."""
    if text := text_of(node):
        return Condition(text)
    section = Section("a rule", node, RULE, table.problems)
    exists, condition = section.text("exists"), section.text("condition")
    if bool(exists) == bool(condition):
        sentence = 'A rule has a "condition" or says what "exists".'
        table.problems.add(section.line, "bad-rule", sentence)
        return None
    return existing(section, exists, schema) if exists else Condition(condition)


def existing(section: Section, exists: str, schema: str) -> Exists | None:
    """What has to exist: table.column or schema.table.column."""
    table, dot, referenced = exists.rpartition(".")
    if not (table and dot and referenced):
        sentence = '"exists" is a table and its column, as in customers.customer_id.'
        section.problem("exists", "bad-rule", sentence)
        return None
    own, dot, name = table.partition(".")
    place = (own, name) if dot else (schema, table)
    return Exists(section.text("column", referenced), *place, referenced)
