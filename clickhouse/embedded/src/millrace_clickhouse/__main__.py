"""Starts the server: `python -m millrace_clickhouse --host 127.0.0.1 --port 8123 --path DIR`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from .auth import Credentials
from .configuration import write_configuration
from .engine import Engine
from .lifetime import run_until_told
from .memory import give_back_large_blocks
from .query_handler import QueryHandler
from .server import ClickHouseServer
from .session import Sessions


def main(arguments: list[str]) -> int:
    """Runs the server until SIGTERM or SIGINT; returns the exit code."""
    give_back_large_blocks()
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    user = Credentials(os.environ.get("CLICKHOUSE_USER", "default"), os.environ.get("CLICKHOUSE_PASSWORD", ""))
    try:
        configuration = write_configuration(options.path / "configuration", user)
    except ValueError as error:
        print(f"clickhouse: {error}", file=sys.stderr)
        return 2
    engine = Engine(options.path, configuration)
    sessions = Sessions(engine)
    server = ClickHouseServer((options.host, options.port), engine, QueryHandler(engine, sessions, options.path), user)
    run_until_told(server)
    sessions.close()
    engine.close()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="millrace_clickhouse", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8123, help="port to listen on")
    parser.add_argument("--path", type=Path, required=True, help="directory of the data")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
