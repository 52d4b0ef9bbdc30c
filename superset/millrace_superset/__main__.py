"""python -m millrace_superset import [--force] | export | charts | uses [TABLE[.COLUMN]] | exposures | rush …"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from millrace_superset.assets import read_assets
from millrace_superset.chart_values import chart_values
from millrace_superset.client import Client
from millrace_superset.exposures import write_exposures
from millrace_superset.models import read_models
from millrace_superset.problem import Problem
from millrace_superset.rush import rush

PROJECT = Path(__file__).parents[2] / "dbt"


def connect() -> Client:
    """The administrator, on the Superset of this machine unless SUPERSET_URL says otherwise."""
    address = os.environ.get("SUPERSET_URL") or f"http://127.0.0.1:{os.environ.get('SUPERSET_PORT', '8088')}"
    return Client(
        address, os.environ.get("SUPERSET_ADMIN_USER", "admin"), os.environ.get("SUPERSET_ADMIN_PASSWORD", "admin")
    )


def import_assets(arguments: argparse.Namespace) -> int:
    """Brings Superset's database up to date without starting a server."""
    from millrace_superset.server import build

    build(arguments.force)
    return 0


def export_assets(_: argparse.Namespace) -> int:
    """Writes the UI's changes into the asset files."""
    from millrace_superset.export import export

    changed = export(connect())
    print("\n".join(changed) or "Nothing changed.")
    return 0


def show_charts(_: argparse.Namespace) -> int:
    """A line for each chart; 1 when any shows nothing."""
    all_ok = True
    for value in chart_values(connect()):
        all_ok = all_ok and value.ok
        print(f"{'ok ' if value.ok else 'BAD'} {value.dashboard} / {value.chart}: {value.reason or value.summary}")
    return 0 if all_ok else 1


def show_uses(arguments: argparse.Namespace) -> int:
    """The charts that stand on a table or column, or on any; 1 when one stands on what no model has."""
    from millrace_superset.lineage import missing, uses

    assets, models = read_assets(), read_models(project())
    lost = set(missing(assets, models))
    wanted = [use for use in uses(assets) if arguments.what in (None, use.table, f"{use.table}.{use.column}")]
    print("\n".join(f"{use}: MISSING" if use in lost else str(use) for use in wanted) or "Nothing stands on it.")
    return 1 if lost & set(wanted) else 0


def make_exposures(_: argparse.Namespace) -> int:
    """Writes the dashboards into dbt's project as exposures."""
    changed = write_exposures(read_assets(), read_models(project()), project())
    print("\n".join(changed) or "Nothing changed.")
    return 0


def project() -> Path:
    """The folder of dbt's project."""
    return Path(os.environ.get("DBT_PROJECT_DIR") or PROJECT)


def measure(arguments: argparse.Namespace) -> int:
    """Measures charts while many people ask for them; 1 when an answer is refused."""
    result = rush(connect(), arguments.people, arguments.seconds)
    print(
        f"{arguments.people} people, {len(result.seconds) / arguments.seconds:.1f} charts a second: "
        f"p50 {result.at(0.5):.2f} s, p99 {result.at(0.99):.2f} s, {len(result.refusals)} refused"
    )
    return 1 if result.refusals else 0


def main(argv: Sequence[str]) -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(prog="millrace_superset")
    commands = parser.add_subparsers(required=True)
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "import": import_assets,
        "export": export_assets,
        "charts": show_charts,
        "uses": show_uses,
        "exposures": make_exposures,
        "rush": measure,
    }
    for name, action in actions.items():
        command = commands.add_parser(name, help=action.__doc__)
        command.set_defaults(action=action)
        if name == "import":
            command.add_argument("--force", action="store_true", help="even when nothing changed since the last time")
        if name == "uses":
            command.add_argument("what", nargs="?", metavar="TABLE[.COLUMN]", help="with its database (default: all)")
        if name == "rush":
            command.add_argument("--people", type=int, default=50, help="how many ask at once (default: 50)")
            command.add_argument("--seconds", type=float, default=20, help="for how long (default: 20)")
    arguments = parser.parse_args(argv)
    try:
        return arguments.action(arguments)
    except Problem as problem:
        print(f"superset: {problem.sentence}\n  {problem.hint}", file=sys.stderr)
        return problem.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
