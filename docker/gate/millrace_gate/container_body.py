"""Judges what a container to be created is asked to be, and takes more rights away from it."""

from collections.abc import Callable, Mapping
from typing import Any

from millrace_gate.environment import require_known
from millrace_gate.refused import Refused
from millrace_gate.terms import LABEL, MAX_MEMORY, Terms

# Other programs of the machine take orders from labels: compose, proxies, schedulers.
LABELS = frozenset({LABEL, "millrace.task"})
# Others would write variables, and so passwords, into the log.
LOG_OPTIONS = frozenset({"max-size", "max-file"})
Rules = Mapping[str, Callable[[Any], bool]]

# Whatever is asked: no capability, no new one, nothing to write to, no fork bomb.
HARDENING = {
    "CapDrop": ["ALL"],
    "SecurityOpt": ["no-new-privileges:true"],
    "ReadonlyRootfs": True,
    "PidsLimit": 256,
    "Init": True,
}


def hardened_body(asked: Any, terms: Terms) -> dict[str, Any]:
    """The body to pass on. Only keys that were judged are in it; raises Refused when one asks for too much."""
    if not isinstance(asked, dict):
        raise Refused("the body must be a JSON object")
    body = judged(asked, body_rules(terms), "")
    require_known(body.get("Env"))
    host = body.get("HostConfig")
    if not isinstance(host, dict):
        raise Refused("HostConfig is missing")
    return {**body, "HostConfig": {**judged(host, host_rules(terms), "HostConfig."), **HARDENING}}


def judged(asked: dict[str, Any], rules: Rules, where: str) -> dict[str, Any]:
    """The entries that rules name, each of which must be there and hold; any other must be empty, and is left out."""
    for key, value in asked.items():
        if key not in rules and value:
            raise Refused(f"{where}{key[:60]} may not be set")
    for key, holds in rules.items():
        if not holds(asked.get(key)):
            # Never with the value: it may be a secret.
            raise Refused(f"{where}{key} may not be what it is")
    return {key: asked[key] for key in rules if asked.get(key) is not None}


def body_rules(terms: Terms) -> Rules:
    """Rules for the body but for its HostConfig, by key."""
    return {
        "Image": lambda image: image == terms.image,
        "Labels": lambda labels: is_text_map(labels, LABELS) and labels.get(LABEL) == terms.project,
        "Cmd": is_text_list,
        "Env": lambda env: env is None or is_text_list(env),
        "AttachStdout": lambda value: value in (None, True, False),
        "AttachStderr": lambda value: value in (None, True, False),
        "HostConfig": lambda host: isinstance(host, dict),
    }


def host_rules(terms: Terms) -> Rules:
    """Rules for the HostConfig, by key."""
    return {
        "NetworkMode": lambda network: network == terms.network,
        "Memory": lambda size: isinstance(size, int) and 0 < size <= MAX_MEMORY,
        "Mounts": lambda mounts: mounts == [terms.mount],
        "CpuShares": lambda shares: shares is None or isinstance(shares, int),
        "LogConfig": is_log_config,
    }


def is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def is_text_map(value: Any, keys: frozenset[str]) -> bool:
    return isinstance(value, dict) and value.keys() <= keys and all(isinstance(each, str) for each in value.values())


def is_log_config(value: Any) -> bool:
    """The engine's own files, of any size."""
    if value is None:
        return True
    if (
        not isinstance(value, dict)
        or value.get("Type") not in (None, "", "json-file")
        or value.keys() - {"Type", "Config"}
    ):
        return False
    return value.get("Config") is None or is_text_map(value["Config"], LOG_OPTIONS)
