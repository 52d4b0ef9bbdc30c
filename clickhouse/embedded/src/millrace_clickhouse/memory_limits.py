"""How much memory the engine may use: a share of what the machine or the control group of this process has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# The rest is for the other programs of the machine, and for this process outside the engine.
_ENGINE_SHARE = 0.7
_QUERY_SHARE = 0.7
_MIN_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class MemoryLimits:
    """Bytes of memory: for everything that the engine does, and for one query unless its client says otherwise."""

    engine: int
    query: int

    @staticmethod
    def of(available: int) -> MemoryLimits:
        """For a machine or a control group with so many bytes."""
        engine = int(max(available * _ENGINE_SHARE, min(_MIN_BYTES, available)))
        return MemoryLimits(engine, int(engine * _QUERY_SHARE))

    def server_settings(self) -> str:
        """The settings of the engine."""
        return f"<max_server_memory_usage>{self.engine}</max_server_memory_usage>"

    def profile_settings(self) -> str:
        """The settings of each query."""
        return f"<max_memory_usage>{self.query}</max_memory_usage>"

    def profile_constraints(self) -> str:
        """The bounds of those settings. A client may set any limit but none at all or more than the engine's."""
        return f"<max_memory_usage><min>1</min><max>{self.engine}</max></max_memory_usage>"


def available_memory(proc: Path = Path("/proc"), groups: Path = Path("/sys/fs/cgroup")) -> int:
    """The bytes of memory that this process may have, its control groups of either version and their parents asked."""
    limits = [_machine(proc), *_group_limits(proc, groups)]
    return min(limit for limit in limits if limit > 0)


def _machine(proc: Path) -> int:
    with open(proc / "meminfo", encoding="ascii") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemTotal:"))


def _group_limits(proc: Path, groups: Path) -> list[int]:
    found = []
    for line in _text(proc / "self/cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if not controllers:
            found += _along(groups, path, "memory.max")
        elif "memory" in controllers.split(","):
            found += _along(groups / "memory", path, "memory.limit_in_bytes")
    return found


def _along(root: Path, path: str, name: str) -> list[int]:
    """The limits of a group and its parents. In a container the root itself may be the group."""
    group = root / path.lstrip("/")
    folders = [group, *group.parents]
    texts = [_text(folder / name).strip() for folder in folders[: folders.index(root) + 1]]
    return [int(text) for text in texts if text.isdigit()]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
