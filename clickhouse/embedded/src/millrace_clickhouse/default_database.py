"""
The database `default` as a server has it. The engine in a process lays one over it in which every file of the machine
is a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def keep_tables(data: Path) -> None:
    """
    Before the engine starts: lets `default` be attached with the tables that it has, those of the engine's own, too.
    The engine names it as the link to its tables does, and anew where it has none yet.
    """
    link, statement = data / "metadata/default", data / "metadata/default.sql"
    if link.is_symlink():
        statement.write_text(f"ATTACH DATABASE _ UUID '{link.readlink().name}'\nENGINE = Atomic\n")
    else:
        statement.unlink(missing_ok=True)


def replacing_statements(data: Path) -> Iterator[bytes]:
    """Once the engine has started: takes its `default` away and puts an ordinary one in its place."""
    there = (data / "metadata/default.sql").exists()
    yield b"DETACH DATABASE default"
    yield b"ATTACH DATABASE default" if there else b"CREATE DATABASE default ENGINE = Atomic"
