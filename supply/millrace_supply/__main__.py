"""python -m millrace_supply bom | scan [--database PATH]…"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from millrace_local.checksums import LIBRARIES
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_supply import bom, java_libraries, python_packages, runtimes
from millrace_supply.accepted import accepted
from millrace_supply.notice import notice
from millrace_supply.osv import database
from millrace_supply.parts import JAVA, NAMES, PYTHON, RUNTIMES
from millrace_supply.scan import existing, newest, scan, unused

ACCEPTED = "supply/accepted.yml"


def make(layout: Layout) -> int:
    """Writes the documents, NOTICE and the checksums of Java's libraries."""
    root = layout.root
    parts = {}
    for python in PYTHON:
        site = next(layout.venv(python.venv).glob("lib/python3*/site-packages"), None)
        parts[python.name] = python_packages.components(root / python.lock, site)
    for java in JAVA:
        target = root / java.module / "target"
        parts[java.name] = java_libraries.components(target / "sbom.json")
        if java.shipped:
            (root / java.module / LIBRARIES).write_text(java_libraries.checksums(target / "lib"), "utf-8")
    parts[RUNTIMES] = runtimes.components(root)
    for name, components in parts.items():
        bom.write(root, name, components)
    (root / "NOTICE").write_text(notice(parts), "utf-8")
    print(f"{len(parts)} parts, {sum(map(len, parts.values()))} components: {bom.FOLDER}, NOTICE")
    return 0


def look(layout: Layout, databases: Sequence[Path]) -> int:
    """Prints a line a finding; 1 when one is not accepted, or no longer."""
    there = existing(databases)
    if not there:
        sentence = f"there is no database of vulnerabilities: {', '.join(map(str, databases))}."
        hint = "Name a folder, archive or file with records in OSV's format: --database PATH. See supply/README.md."
        raise Problem(sentence, hint, BAD_CONFIGURATION)
    today = datetime.now(UTC).date()
    parts = {name: bom.read(bom.place(layout.root, name)) for name in NAMES}
    known, entries = database(there), accepted(layout.root / ACCEPTED)
    results = list(scan(parts, known, entries))
    for result in results:
        print(result.line(today))
    for entry in unused(entries, results):
        print(f"  {entry.component}: {entry.identity} is not found any more; take it out of {ACCEPTED}")
    open_ones = sum(not result.holds(today) for result in results)
    records = sum(map(len, known.values()))
    age = newest(known) or "no day"
    print(f"\n{records} records, the newest of {age}; {len(results)} findings, {open_ones} not accepted")
    return 1 if open_ones else 0


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser("supply/run.sh", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("bom", help="write the bills of materials anew")
    scanning = commands.add_parser("scan", help="compare them with known vulnerabilities")
    scanning.add_argument("--database", action="append", type=Path, metavar="PATH", help="records in OSV's format")
    options = parser.parse_args()
    layout = Layout.from_environment()
    if options.command == "bom":
        return make(layout)
    usual = Path(os.environ.get("MILLRACE_OSV") or layout.home / "osv")
    return look(layout, options.database or [usual])


if __name__ == "__main__":
    sys.exit(exit_code(main))
