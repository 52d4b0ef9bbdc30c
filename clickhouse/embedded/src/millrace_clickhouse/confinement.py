"""
The second wall, by Linux itself where it has Landlock (since 5.13): whatever a statement makes the engine do, this
process reaches no file but its data and what it takes to run, begins no program and signals no other process.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# linux/landlock.h; the numbers of the calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _RULE_PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCK, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 11
_TRUNCATE = 1 << 14
_FILES_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_FILES = (1 << 16) - 1
_NET_VERSION, _SCOPE_VERSION = 4, 6
_SCOPED = 0b11  # abstract sockets and signals
_NO_NEW_PRIVILEGES = 38  # prctl

_READ = _READ_FILE | _READ_DIR
_OWN = _FILES & ~(_EXECUTE | _MAKE_CHAR | _MAKE_SOCK | _MAKE_BLOCK)
# Of the system: libraries, certificates, the way to other hosts' addresses, and what the engine asks of the machine.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/proc",
    "/sys",
    "/dev/urandom",
    "/dev/random",
    "/etc/ca-certificates",
    "/etc/gai.conf",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/pki",
    "/etc/resolv.conf",
    "/etc/services",
    "/etc/ssl",
    "/run/systemd/resolve",
)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def confine(data: Path) -> int | None:
    """
    Gives up everything but `data` and what it takes to run, for this thread and those it begins. Returns Landlock's
    version; None where the system has none, and the process is as free as before.
    """
    if platform.system() != "Linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return None
    handled = _FILES_BY_VERSION.get(version, _FILES)
    attributes = _Ruleset(handled, 0, _SCOPED if version >= _SCOPE_VERSION else 0)
    size = 24 if version >= _SCOPE_VERSION else 16 if version >= _NET_VERSION else 8
    ruleset = _done(libc.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0))
    try:
        for path, access in _rules(data):
            _allow(libc, ruleset, path, access & handled)
        _done(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _done(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return int(version)


def _rules(data: Path) -> Iterator[tuple[str, int]]:
    yield str(data), _OWN
    yield "/dev/null", _READ_FILE | _WRITE_FILE | _TRUNCATE
    for path in _existing([*_SYSTEM, sys.prefix, sys.base_prefix, *sys.path]):
        yield path, _READ


def _existing(paths: Iterable[str]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if path and Path(path).exists()]


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, access: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not Path(path).is_dir():
            access &= _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
        rule = _PathBeneath(access, parent)
        _done(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(parent)


def _done(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result
