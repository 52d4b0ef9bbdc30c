"""Reads what the checks need of the pipeline files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Table:
    """A table that a pipeline loads: its name in the source and in ClickHouse."""

    source: str
    target: str


@dataclass(frozen=True)
class Pipeline:
    """source_env, target_env: prefixes of the settings that name the two servers; schema, database: on each."""

    name: str
    dag: str
    source_env: str
    schema: str
    target_env: str
    database: str
    tables: tuple[Table, ...]


def pipelines(folder: Path) -> Iterator[Pipeline]:
    """Every pipeline of a folder, by name."""
    for path in sorted(folder.glob("*.yml")):
        yield pipeline(yaml.safe_load(path.read_text()))


def pipeline(document: dict) -> Pipeline:
    """One pipeline from its file's content, which the loader has judged already."""
    source, target = document["source"], document["target"]
    return Pipeline(
        document["pipeline"],
        document["dag"]["id"],
        source["env"],
        source.get("schema", "public"),
        target["env"],
        target.get("database", "raw"),
        tuple(table(entry) for entry in document["tables"]),
    )


def table(entry: dict | str) -> Table:
    """A table from its entry, long or short."""
    named = {"name": entry} if isinstance(entry, str) else entry
    return Table(named["name"], named.get("target", named["name"]))
