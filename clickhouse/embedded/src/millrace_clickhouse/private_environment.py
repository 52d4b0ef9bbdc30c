"""The settings of this process, out of its environment, which every file system shows as /proc/self/environ."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping

_PREFIX = "CLICKHOUSE_"
_HANDED_OVER = "_SETTINGS_FD"


def taken_settings(temporary: str) -> Mapping[str, str]:
    """
    The variables `CLICKHOUSE_…` of the environment. Begins this program anew without them, once: they come back through
    a pipe. Its temporary files lie in the folder `temporary`.
    """
    handed_over = os.environ.pop(_HANDED_OVER, None)
    if handed_over is not None:
        with open(int(handed_over), encoding="utf-8", errors="surrogateescape") as pipe_of_before:
            found: dict[str, str] = json.load(pipe_of_before)
        return found
    settings = {name: value for name, value in os.environ.items() if name.startswith(_PREFIX)}
    reader, writer = os.pipe()
    with open(writer, "w", encoding="utf-8") as pipe:
        json.dump(settings, pipe)
    os.set_inheritable(reader, True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX)}
    environment |= {_HANDED_OVER: str(reader), "TMPDIR": temporary}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
