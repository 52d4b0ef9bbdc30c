"""python -m millrace_docker choose | remembered | up | down | generate: what the scripts call."""

import sys
from collections.abc import Mapping

from millrace_docker import engine
from millrace_docker.compose import Compose
from millrace_docker.down import down
from millrace_docker.logs import show_logs
from millrace_docker.runtime import LOCAL, choose, remember, remembered
from millrace_docker.status import show_status
from millrace_docker.up import up
from millrace_local.__main__ import add_samples, alone, start_arguments, stop_options
from millrace_local.by_hand import run_once
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.settings import load_settings


def choose_runtime(layout: Layout, arguments: list[str]) -> int:
    """Prints which runtime run.sh is to start, and keeps it in mind, or which one it is to look at."""
    options = start_arguments(arguments)
    if options.status or options.logs is not None or options.run_once or options.backup or options.restore:
        return print_remembered(layout, [])
    runtime = choose(layout, options.docker, options.local)
    remember(layout, runtime)
    print(runtime)
    return 0


def print_remembered(layout: Layout, _: list[str]) -> int:
    """Prints which runtime was started last."""
    print(remembered(layout) or LOCAL)
    return 0


def start(layout: Layout, arguments: list[str]) -> int:
    """Carries out run.sh."""
    options = start_arguments(arguments)
    if options.backup or options.restore:
        sentence = "in containers all data is in Docker's volumes."
        raise Problem(sentence, "docs/operations.md says how to keep them.", BAD_CONFIGURATION)
    if options.status or options.logs is not None:
        return look(layout, options.logs, options.follow)
    if options.run_once:
        return sync(layout, options.run_once, options.full_refresh)
    if options.samples:
        add_samples(layout, options.samples)
    with alone(layout):
        up(layout)
    return 0


def look(layout: Layout, log: str | None, follow: bool) -> int:
    """Carries out --status, or --logs when a log is named."""
    settings = load_settings(layout.root)
    compose = opened(layout, settings)
    if log is None:
        return show_status(compose, settings)
    show_logs(compose, log, follow)
    return 0


def sync(layout: Layout, name: str, full_refresh: bool) -> int:
    """Carries out --run-once."""
    settings = load_settings(layout.root)
    return run_once(layout, settings, name, opened(layout, settings).program("loader"), full_refresh)


def make(layout: Layout, arguments: list[str]) -> int:
    """Carries out generate.sh."""
    return opened(layout, load_settings(layout.root)).program("generator")(arguments)


def opened(layout: Layout, settings: Mapping[str, str]) -> Compose:
    """The project; keys that are not made yet don't matter to those who only ask."""
    engine.require()
    return Compose(layout, {name: value or "-" for name, value in settings.items()})


def stop(layout: Layout, arguments: list[str]) -> int:
    """Carries out stop.sh."""
    options = stop_options().parse_args(arguments)
    with alone(layout):
        down(layout, options.clean, options.yes)
    return 0


COMMANDS = {"choose": choose_runtime, "remembered": print_remembered, "up": start, "down": stop, "generate": make}


def run(argv: list[str]) -> int:
    """Carries out one command with its options and returns its exit code."""
    command = COMMANDS[argv[0]]
    return exit_code(lambda: command(Layout.from_environment(), argv[1:]))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
