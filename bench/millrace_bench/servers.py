"""The servers that all contestants use: our own, or those that the environment names."""

import fcntl
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from millrace_local import postgres
from millrace_local.down import remove_data
from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.progress import Progress
from millrace_local.settings import load_settings
from millrace_local.supervise import Supervisor
from millrace_local.up import Start

HOSTS = ("POSTGRES_HOST", "CLICKHOUSE_HOST")


@contextmanager
def servers(layout: Layout, progress: Progress) -> Iterator[Mapping[str, str]]:
    """Settings that lead to both servers; our own are gone afterwards, with their data."""
    settings = load_settings(layout.root)
    named = [name for name in HOSTS if os.environ.get(name)]
    if len(named) == 1:
        sentence = f"only {named[0]} is set: the servers to measure with are both yours or both ours."
        raise Problem(sentence, f"Set {' and '.join(HOSTS)}, or neither.", BAD_CONFIGURATION)
    if named:
        yield settings
        return
    own = {**settings, **dict.fromkeys((*HOSTS, "MILLRACE_BIND"), "127.0.0.1"), "POSTGRES_DB": "bench"}
    own |= {"POSTGRES_PORT": free_port(), "CLICKHOUSE_HTTP_PORT": free_port()}
    with alone(layout):
        take_away(layout)
        try:
            bring_up(layout, own, progress)
            yield own
        finally:
            take_away(layout)


def bring_up(layout: Layout, settings: Mapping[str, str], progress: Progress) -> None:
    """Starts both, as the local runtime does."""
    start = Start(layout, settings, progress)
    start.supervisor.boot(start.environment)
    postgres.make_cluster(layout, settings)
    for name in ("postgres", "clickhouse"):
        with progress.working(f"start {name}"):
            start.bring_up(name)
    with postgres.connect_admin(layout, settings) as connection:
        # Who fills the tables ends with a CHECKPOINT, which not everybody may ask for.
        postgres.make_role(connection, settings["POSTGRES_USER"], settings["POSTGRES_PASSWORD"], "SUPERUSER")
        postgres.make_database(connection, settings["POSTGRES_DB"], settings["POSTGRES_USER"])


def take_away(layout: Layout) -> None:
    """Stops what runs, be it of an earlier run that was killed, and removes its data."""
    supervisor = Supervisor(layout)
    if supervisor.is_up():
        for name in ("clickhouse", "postgres"):
            supervisor.stop(name)
        supervisor.shut_down()
    remove_data(layout)


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Keeps a second benchmark off the same state folder; raises Problem there."""
    layout.state.parent.mkdir(parents=True, exist_ok=True)
    with (layout.state.parent / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Problem("another bench/run.sh is at work.", "Wait until it has ended.") from None
        yield


def free_port() -> str:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
