"""What the checks read of a pipeline file, and which tables they look at."""

from pathlib import Path
from typing import Any

from millrace_checks.clickhouse import quoted
from millrace_checks.tables import copies
from millrace_contract.folder import read_pipeline
from millrace_contract.pipeline import Pipeline

EXISTING = [("public", "orders"), ("public", "tmp_x"), ("shop", 'say "`x`"'), ("shop", "{schema}"), ("web", "a")]


class Source:
    """A Postgres with some tables."""

    def execute(self, query: str) -> "Source":
        return self

    def fetchall(self) -> list[tuple[str, str]]:
        return EXISTING


def read(folder: Path, tables: str, rest: str = "") -> Pipeline:
    path = folder / "shop.yml"
    path.write_text(
        f"pipeline: shop\nsource: {{env: SHOP}}\ntarget: {{env: CLICKHOUSE, database: lake}}\ntables: {tables}\n{rest}"
    )
    return read_pipeline(path)


def copied(found: Pipeline) -> dict[tuple[str, str], list[str]]:
    source: Any = Source()
    return {name: [copy.target for copy in found] for name, found in copies(source, found).items()}


def test_what_a_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    found = read(tmp_path, "[orders]")
    assert (found.name, found.dag.id, found.source_env, found.database) == ("shop", "shop", "SHOP", "lake")
    assert read(tmp_path, "[orders]", "dag: {id: 2024}").dag.id == "2024"


def test_tables_are_those_of_the_loader(tmp_path: Path) -> None:
    found = read(tmp_path, "[no, {name: items, schema: web, target: web_items}, {name: items, schema: web}]")
    assert copied(found) == {("public", "no"): ["no"], ("web", "items"): ["web_items", "items"]}


def test_patterns_are_looked_up_in_the_source(tmp_path: Path) -> None:
    tables = """[orders, {name: 'shop.*', target: "{schema}_{table}"}, "*.*"]"""
    assert copied(read(tmp_path, tables, "exclude: tmp_*")) == {
        ("public", "orders"): ["orders"],
        ("shop", 'say "`x`"'): ['shop_say "`x`"'],
        ("shop", "{schema}"): ["shop_{schema}"],
        ("web", "a"): ["a"],
    }


def test_a_name_for_clickhouse_is_quoted() -> None:
    assert quoted("a`b\\c") == "`a\\`b\\\\c`"
