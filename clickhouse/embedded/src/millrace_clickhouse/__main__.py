"""Starts the server: `python -m millrace_clickhouse --host 127.0.0.1 --port 8123 --path DIR`."""

from __future__ import annotations

import argparse
import contextlib
import encodings
import importlib
import logging
import os
import pkgutil
import sys
from pathlib import Path

from .confinement import confine
from .private_environment import taken_settings


def main(arguments: list[str]) -> int:
    """Runs the server until SIGTERM or SIGINT; returns the exit code."""
    options = _options(arguments)
    temporary = options.path / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    settings = taken_settings(str(temporary.resolve()))
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    confined = confine(options.path) is not None
    # The engine begins threads as it is loaded, which are confined only if this one is.
    from .serving import serve

    if options.account:
        _become(options.path, *options.account)
    return serve((options.host, options.port), options.path, settings, confined)


def _become(path: Path, user: int, group: int) -> None:
    """Goes on as another account, which owns the data. It may not enter Python's own folders: all is loaded before."""
    for module in pkgutil.iter_modules(encodings.__path__, "encodings."):
        with contextlib.suppress(ImportError, LookupError):  # of Windows alone
            importlib.import_module(module.name)
    for entry in (path, *path.rglob("*")):
        os.chown(entry, user, group, follow_symlinks=False)
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def _account(text: str) -> tuple[int, int]:
    user, _, group = text.partition(":")
    return int(user), int(group)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="millrace_clickhouse", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8123, help="port to listen on")
    parser.add_argument("--path", type=Path, required=True, help="directory of the data")
    parser.add_argument("--account", type=_account, metavar="UID:GID", help="the account to run as, when begun as root")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
