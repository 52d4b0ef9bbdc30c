"""Tells taken ports before anything starts."""

import socket
from collections.abc import Iterable, Mapping

from millrace_local.problem import BAD_CONFIGURATION, Problem


def is_free(host: str, port: int) -> bool:
    """True when a server may listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def refuse_taken(names: Iterable[str], settings: Mapping[str, str]) -> None:
    """Raises Problem (exit code 2) that names every taken port with the setting that moves it."""
    taken = [name for name in names if not is_free(settings["MILLRACE_BIND"], int(settings[name]))]
    if taken:
        words = ", ".join(f"{settings[name]} ({name})" for name in taken)
        example = f"{taken[0]}={int(settings[taken[0]]) + 10000 if int(settings[taken[0]]) < 55000 else 15000}"
        hint = f"Stop what listens there, or move ours: put {example} into .env."
        raise Problem(f"taken by another program: port {words}.", hint, BAD_CONFIGURATION)
