"""The commands behind run.sh and stop.sh."""

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from millrace_local.down import down
from millrace_local.layout import Layout
from millrace_local.logs import show_log
from millrace_local.problem import Problem
from millrace_local.settings import load_settings
from millrace_local.status import show_status
from millrace_local.up import up


def parser() -> argparse.ArgumentParser:
    """The options of run.sh and stop.sh."""
    root = argparse.ArgumentParser(prog="millrace", add_help=False)
    commands = root.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "up", prog="run.sh", description="Sets Millrace up, starts it and runs elt_pipeline once."
    )
    run.add_argument("--local", action="store_true", help="run as ordinary processes (the default without Docker)")
    run.add_argument("--status", action="store_true", help="show each process and whether it is healthy")
    run.add_argument(
        "--logs", metavar="NAME", nargs="?", const="", help="show a process's log; without NAME: which there are"
    )
    run.add_argument("-f", "--follow", action="store_true", help="with --logs: go on as the log grows")
    stop = commands.add_parser("down", prog="stop.sh", description="Stops Millrace; data stays.")
    stop.add_argument("--clean", action="store_true", help="remove all data too, after asking")
    stop.add_argument("--yes", action="store_true", help="with --clean: don't ask")
    return root


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Keeps a second run.sh or stop.sh on the same state folder out; raises Problem there."""
    layout.run.mkdir(parents=True, exist_ok=True)
    with (layout.run / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sentence = "another run.sh or stop.sh is at work on this state folder."
            raise Problem(sentence, "Wait until it has ended.") from None
        yield


def run(argv: list[str]) -> int:
    """Carries out one command and returns its exit code."""
    options = parser().parse_args(argv)
    layout = Layout.from_environment()
    try:
        settings = load_settings(layout.root)
        if options.command == "down":
            with alone(layout):
                down(layout, settings, options.clean, options.yes)
        elif options.status:
            return show_status(layout, settings)
        elif options.logs is not None:
            show_log(layout, options.logs, options.follow)
        else:
            with alone(layout):
                up(layout, settings)
    except Problem as problem:
        print(f"\nmillrace: {problem.sentence}\n  {problem.hint}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print("\nmillrace: interrupted; run it again to go on, or ./stop.sh", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
