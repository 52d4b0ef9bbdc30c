"""Which variables a container may be given: those by which the loader is told of its servers, by any prefix."""

import re
from typing import Any

from millrace_gate.refused import Refused

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What a variable's name may end in. Others could change what runs in there: JAVA_TOOL_OPTIONS, LD_PRELOAD, PATH.
ENDINGS = (
    "_HOST",
    "_PORT",
    "_DB",
    "_USER",
    "_PASSWORD",
    "_PASSWORD_FILE",
    "_SSLMODE",
    "_SSLROOTCERT",
    "_SSLCERT",
    "_SSLKEY",
    "_SECURE",
    "_CA_FILE",
    "_CLUSTER",
    "_HASH_SALT",
    "_HASH_SALT_FILE",
)


def require_known(env: Any) -> None:
    """Raises Refused, without any value, unless this is a list of NAME=VALUE with names that the loader knows."""
    if env is None:
        return
    if not isinstance(env, list) or not all(isinstance(each, str) and "=" in each for each in env):
        raise Refused("Env must be a list of NAME=VALUE")
    for name in (each.partition("=")[0] for each in env):
        if not NAME.fullmatch(name):
            raise Refused("Env has a name that is none")
        if not name.endswith(ENDINGS):
            raise Refused(f"Env may not set {name[:60]}")
