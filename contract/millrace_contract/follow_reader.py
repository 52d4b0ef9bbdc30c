"""Reads the section that says how a source is followed, and what only then has a meaning."""

import re

from millrace_contract.pipeline import Follow, Table
from millrace_contract.problems import Problems, quote
from millrace_contract.section import Section

FOLLOW = ("slot", "publication", "database", "port", "resync", "slot_limit_mb", "when_slot_full")
SLOT = re.compile(r"[a-z0-9_]{1,63}")
DATABASE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MAX_NAME = 63
MAX_PORT = 65_535
MAX_MB = 100_000_000


def follow(section: Section | None, pipeline: str, raw: str) -> Follow | None:
    """The `follow` section; None where the file has none. raw: the target's database."""
    if section is None:
        return None
    own = re.sub(r"[^a-z0-9_]", "_", f"millrace_{pipeline}".lower())[:MAX_NAME]
    default = Follow(own, own, "cdc" if raw == "raw" else f"{raw}_cdc")
    found = Follow(
        slot=section.text("slot", default.slot),
        publication=section.text("publication", default.publication),
        database=section.text("database", default.database),
        port=section.whole("port", MAX_PORT, default.port),
        resync=section.choice("resync", ("auto", "ask")),
        slot_limit_mb=section.whole("slot_limit_mb", MAX_MB, default.slot_limit_mb),
        when_slot_full=section.choice("when_slot_full", ("keep", "drop")),
    )
    if not SLOT.fullmatch(found.slot):
        sentence = f"{quote(found.slot)} cannot be a replication slot: a-z, 0-9 and _ only, 63 at most."
        section.problem("slot", "bad-slot", sentence)
    if not DATABASE.fullmatch(found.database) or found.database == raw:
        sentence = (
            f"{quote(found.database)} cannot be the database of the changes: letters, digits and _ only, no digit"
            " first, and not that of the target."
        )
        section.problem("database", "bad-database", sentence)
    return found


def refuse_foreign(table: Table, follows: bool, problems: Problems) -> None:
    """What is for loads alone or for followers alone is a problem elsewhere."""
    if follows:
        refuse_loaded(table, problems)
        return
    if table.rules:
        sentence = '"rules" are for tables of a pipeline with "follow".'
        problems.add(table.line, "for-followed-tables", sentence)
    if any(column.on_refusal == "quarantine" for column in table.columns.values()):
        sentence = '"on_refusal: quarantine" is for tables of a pipeline with "follow".'
        problems.add(table.line, "for-followed-tables", sentence)


def refuse_loaded(table: Table, problems: Problems) -> None:
    """What a follower would not do must not be asked of it: a column that is hashed would come in the clear."""
    is_cut = any(column.drop or column.hash for column in table.columns.values())
    if table.where or table.row_id or is_cut or not table.guard.asks_nothing:
        sentence = (
            '"where", "row_id", "min_rows", "max_shrink", "expect", and "drop" and "hash" of columns are for pipelines'
            ' without "follow".'
        )
        problems.add(table.line, "for-loaded-tables", sentence)
