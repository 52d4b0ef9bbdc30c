"""Puts the server together from its settings, and serves."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from pathlib import Path

from .accounts import accounts_from
from .configuration import write_configuration
from .engine import Engine
from .lifetime import run_until_told
from .memory import give_back_large_blocks
from .outgoing import OutgoingHosts
from .query_handler import QueryHandler
from .server import ClickHouseServer
from .session import Sessions

_WALLS = {True: "by its own list and by Landlock", False: "by its own list alone (this system has no Landlock)"}


def serve(address: tuple[str, int], path: Path, settings: Mapping[str, str], confined: bool) -> int:
    """
    Runs the server on the data in `path` until SIGTERM or SIGINT; returns the exit code. `confined` says that the
    system keeps this process from other files.
    """
    give_back_large_blocks()
    try:
        accounts = accounts_from(settings)
        hosts = OutgoingHosts.of(settings.get("CLICKHOUSE_OUTGOING_HOSTS"))
        configuration = write_configuration(path / "configuration", accounts)
    except ValueError as error:
        print(f"clickhouse: {error}", file=sys.stderr)
        return 2
    logging.info("Statements are kept within %s %s", path, _WALLS[confined])
    engine = Engine(path, configuration)
    sessions = Sessions(engine)
    queries = QueryHandler(engine, sessions, hosts, path)
    server = ClickHouseServer(address, engine, queries, accounts, settings)
    run_until_told(server)
    sessions.close()
    engine.close()
    return 0
