"""python -m millrace_superset import [--force] | export | charts | rush [--people N] [--seconds N]"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from millrace_superset.chart_values import chart_values
from millrace_superset.client import Client
from millrace_superset.problem import Problem
from millrace_superset.rush import rush


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
        "rush": measure,
    }
    for name, action in actions.items():
        command = commands.add_parser(name, help=action.__doc__)
        command.set_defaults(action=action)
        if name == "import":
            command.add_argument("--force", action="store_true", help="even when nothing changed since the last time")
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
