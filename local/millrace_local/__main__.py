"""The commands behind run.sh and stop.sh."""

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from millrace_local.backup import back_up, restore
from millrace_local.by_hand import generate, loader, run_once
from millrace_local.down import down
from millrace_local.layout import Layout
from millrace_local.logs import show_log
from millrace_local.outcome import exit_code
from millrace_local.private import own_folder
from millrace_local.problem import Problem
from millrace_local.samples import switch_on
from millrace_local.settings import load_settings
from millrace_local.status import show_status
from millrace_local.up import up


def start_options() -> argparse.ArgumentParser:
    """The options of run.sh."""
    options = argparse.ArgumentParser("run.sh", description="Sets Millrace up, starts it and runs the pipelines once.")
    options.add_argument("--docker", action="store_true", help="run in containers (the default where Docker answers)")
    options.add_argument("--local", action="store_true", help="run as ordinary processes (the default without Docker)")
    options.add_argument(
        "--with", dest="samples", metavar="NAMES", default="", help="add sample pipelines, e.g. --with store,ads"
    )
    options.add_argument("--doctor", action="store_true", help="look whether machine, sources and ClickHouse are fit")
    options.add_argument("--status", action="store_true", help="show each process and whether it is healthy")
    options.add_argument(
        "--logs", metavar="NAME", nargs="?", const="", help="show a log; without NAME: which there are"
    )
    options.add_argument("--run-once", metavar="NAME", help="load a pipeline and build its models now, without Airflow")
    options.add_argument("--full-refresh", action="store_true", help="with --run-once: all rows, not only new ones")
    options.add_argument("--backup", metavar="FILE", type=absolute, help="write the stopped product's data to a file")
    options.add_argument("--restore", metavar="FILE", type=absolute, help="put the data of such a file where none is")
    options.add_argument("-f", "--follow", action="store_true", help="with --logs: go on as the log grows")
    return options


def start_arguments(arguments: list[str]) -> argparse.Namespace:
    """What run.sh is asked for; ends the process with the usage when it contradicts itself."""
    parser = start_options()
    options = parser.parse_args(arguments)
    if options.follow and options.logs is None:
        parser.error("-f goes with --logs NAME")
    if options.status and options.logs is not None:
        parser.error("--status and --logs exclude each other")
    if options.samples and (options.status or options.logs is not None or options.run_once):
        parser.error("--with goes with a start")
    if options.full_refresh and not options.run_once:
        parser.error("--full-refresh goes with --run-once NAME")
    if options.run_once and (options.status or options.logs is not None):
        parser.error("--run-once goes alone")
    if (options.backup or options.restore) and len(arguments) > 2:
        parser.error("--backup FILE and --restore FILE go alone")
    return options


def absolute(text: str) -> Path:
    """The file that an argument names."""
    return Path(text).absolute()


def add_samples(layout: Layout, names: str) -> None:
    """Switches sample pipelines on, and says which."""
    for name in switch_on(layout.root, layout.pipelines, names):
        print(f"millrace: {layout.pipelines / name}.yml is new; remove it and {name}.checks.yml to switch it off")


def stop_options() -> argparse.ArgumentParser:
    """The options of stop.sh."""
    options = argparse.ArgumentParser("stop.sh", description="Stops Millrace; data stays.")
    options.add_argument("--clean", action="store_true", help="remove all data too, after asking")
    options.add_argument("--yes", action="store_true", help="with --clean: don't ask")
    return options


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Makes the state folder, its owner's alone, and keeps a second run.sh or stop.sh out; raises Problem there."""
    own_folder(layout.state, layout.state_mode)
    own_folder(layout.run)
    with (layout.run / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sentence = "another run.sh or stop.sh is at work on this state folder."
            raise Problem(sentence, "Wait until it has ended.") from None
        yield


def start(layout: Layout, arguments: list[str]) -> int:
    """Carries out run.sh."""
    options = start_arguments(arguments)
    if options.backup or options.restore:
        with alone(layout):
            (back_up if options.backup else restore)(layout, options.backup or options.restore)
        return 0
    if options.samples:
        add_samples(layout, options.samples)
    settings = load_settings(layout.root)
    if options.status:
        return show_status(layout, settings)
    if options.logs is not None:
        show_log(layout, options.logs, options.follow)
        return 0
    if options.run_once:
        return run_once(layout, settings, options.run_once, loader(layout, settings), options.full_refresh)
    with alone(layout):
        up(layout, settings)
    return 0


def stop(layout: Layout, arguments: list[str]) -> int:
    """Carries out stop.sh."""
    options = stop_options().parse_args(arguments)
    with alone(layout):
        down(layout, options.clean, options.yes)
    return 0


def make(layout: Layout, arguments: list[str]) -> int:
    """Carries out generate.sh."""
    return generate(layout, load_settings(layout.root), arguments)


def run(argv: list[str]) -> int:
    """Carries out one command, "up", "down" or "generate" with its options, and returns its exit code."""
    command = {"up": start, "down": stop, "generate": make}[argv[0]]
    return exit_code(lambda: command(Layout.from_environment(), argv[1:]))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
