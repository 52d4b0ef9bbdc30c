"""python -m millrace_contract.key_table: writes the table of keys in contract/README.md, made from the schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1]
BEGIN, END = "<!-- made from schema.json -->\n", "<!-- end -->\n"


def schema() -> dict[str, Any]:
    """The schema of pipeline files."""
    return json.loads((FOLDER / "schema.json").read_text("utf-8"))


def keys() -> dict[str, list[str]]:
    """The keys that each part of a file may have, by the part's name; "" is the file itself."""
    whole = schema()
    parts = {"": whole} | {name: part for name, part in whole["properties"].items() if "properties" in part}
    parts |= {name: whole["$defs"][name] for name in ("table", "rule", "column")}
    return {name: list(part["properties"]) for name, part in parts.items()}


def lines() -> Iterator[str]:
    """The rows of the table."""
    whole = schema()
    yield "| key | meaning | default |"
    yield "|---|---|---|"
    yield from rows("", whole)
    for prefix, name in (
        ("tables[].", "table"),
        ("tables[].rules[].", "rule"),
        ("tables[].columns.<column>.", "column"),
    ):
        yield from rows(prefix, whole["$defs"][name])


def rows(prefix: str, part: dict[str, Any]) -> Iterator[str]:
    """A row a key, followed by the keys of its part."""
    for key, value in part["properties"].items():
        yield f"| `{prefix}{key}` | {value['description']} | {default(value, key in part.get('required', ()))} |"
        if "properties" in value:
            yield from rows(f"{prefix}{key}.", value)


def default(value: dict[str, Any], needed: bool) -> str:
    """What stands in the column of defaults."""
    if needed:
        return "needed"
    usual = value.get("default")
    if isinstance(usual, str):
        return usual
    return "" if usual in ([], {}, None) else f"`{json.dumps(usual)}`"


def filled(text: str) -> str:
    """The page with the table as the schema has it now."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + "".join(f"{line}\n" for line in lines()) + END + rest.partition(END)[2]


if __name__ == "__main__":
    page = FOLDER / "README.md"
    page.write_text(filled(page.read_text("utf-8")), "utf-8")
