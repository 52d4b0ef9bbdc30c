"""Reads what a table says of single columns, and of the settings of its own in ClickHouse."""

import re
from collections.abc import Mapping

from millrace_contract.pipeline import Column
from millrace_contract.problems import quote
from millrace_contract.section import Section

COLUMN = ("type", "on_refusal", "codec", "drop", "hash")
ON_REFUSAL = ("stop", "null", "text", "empty", "quarantine")
TRUTH = ("false", "true")
HASHES = ("none", "sha256")
CODEC = re.compile(r"[A-Za-z0-9_(), ]*")
SETTING = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def columns(table: Section) -> dict[str, Column]:
    """By name, in the order of the file."""
    section = table.section("columns", None)
    if section is None:
        return {}
    found = {name: section.section(name, COLUMN, f"column {name}") for name in section.nodes}
    return {name: column(own) for name, own in found.items() if own is not None}


def column(section: Section) -> Column:
    """What is said of one."""
    found = Column(
        type=section.text("type"),
        on_refusal=section.choice("on_refusal", ON_REFUSAL),
        codec=section.text("codec"),
        drop=section.choice("drop", TRUTH) == "true",
        hash=section.choice("hash", HASHES) == "sha256",
    )
    if not CODEC.fullmatch(found.codec):
        sentence = f"{quote(found.codec)} cannot be a codec; write it as in ZSTD(3)."
        section.problem("codec", "bad-codec", sentence)
    others = section.nodes.keys() - ({"hash", "codec"} if found.hash and not found.drop else {"drop"})
    if (found.drop or found.hash) and others:
        word, but = ("dropped", "") if found.drop else ("hashed", ' but "codec"')
        section.problems.add(section.line, "foreign-option", f"A column that is {word} has no other options{but}.")
    return found


def settings(table: Section) -> Mapping[str, str]:
    """Of the ClickHouse table, in the order of the file."""
    section = table.section("settings", None)
    found: dict[str, str] = {}
    for name in section.nodes if section else ():
        assert section
        if SETTING.fullmatch(name):
            found[name] = section.text(name)
        else:
            section.problem(name, "bad-setting", f"{quote(name)} cannot be a setting of a table.")
    return found
