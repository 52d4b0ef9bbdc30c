"""The processes of the local runtime."""

from collections import defaultdict
from pathlib import Path

from millrace_local.down import own_processes


def family(state: Path) -> list[int]:
    """Ids of the processes that carry this state folder, and of all their children: some hide what they carry."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parent = read(int(entry.name), "stat").rpartition(")")[2].split()
            children[int(parent[1]) if parent else 0].append(int(entry.name))
    found: dict[int, None] = {}
    waiting = list(own_processes(state))
    while waiting:
        process = waiting.pop()
        if process not in found:
            found[process] = None
            waiting += children[process]
    return sorted(found)


def read(process: int, what: str) -> str:
    """A file of a process below /proc; empty when it is gone, or not ours to read."""
    try:
        return Path(f"/proc/{process}/{what}").read_bytes().decode(errors="replace")
    except OSError:
        return ""
