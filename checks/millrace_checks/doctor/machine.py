"""What the machine has: tools, room, memory, ports, its clock."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from millrace_checks.finding import Finding
from millrace_local.ports import is_free
from millrace_local.services import Service

GIGABYTE = 1 << 30
DISK, MEMORY = 6, 3  # gigabytes that a first start needs
NEVER_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
# The Java that the programs' own scripts find.
JAVA = '. "$0" && java_with java && "$found/bin/java" -version'
VERSION = re.compile(r"\d+(\.\d+)+")


def machine(root: Path, state: Path) -> Iterator[Finding]:
    """Tools with their versions, and what there is to use up."""
    python = sys.version_info
    fits = (3, 11) <= python[:2] <= (3, 12)
    yield Finding("Python", fits, f"{python.major}.{python.minor}" + ("" if fits else "; Millrace needs 3.11 or 3.12"))
    docker = version(["docker", "version", "--format", "{{.Server.Version}}"])
    yield Finding("Docker", True, docker or "no engine answers: ./run.sh runs ordinary processes")
    maven = version(["mvn", "--version"])
    word = maven or "is missing; Debian and Ubuntu: apt-get install maven"
    yield Finding("Maven", bool(maven or docker), word if maven or not docker else "not needed with Docker")
    java = version(["bash", "-c", JAVA, root / "jdk/find.sh"])
    yield Finding("Java", True, java or "none: a Java 25 is brought along")
    yield room("disk", shutil.disk_usage(existing(state)).free, DISK, f"free at {state}")
    yield room("memory", memory(), MEMORY, "to use")
    now = datetime.now(UTC)
    yield Finding("clock", now > NEVER_BEFORE, f"{now:%Y-%m-%d %H:%M:%S} UTC")


def room(subject: str, there: int, needed: int, words: str) -> Finding:
    """Whether there is as much as a first start needs."""
    enough = there >= needed * GIGABYTE
    asked = "" if enough else f"; a first start needs {needed}"
    return Finding(subject, enough, f"{there / GIGABYTE:.1f} GB {words}{asked}")


def existing(path: Path) -> Path:
    """The path, or the nearest folder above it that there is."""
    return path if path.exists() else existing(path.parent)


def memory() -> int:
    """Bytes that can be used now, by the machine's word or the control group's, whichever is less."""
    available = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    found = int(available[1]) * 1024 if available else 0
    limit, used = (Path("/sys/fs/cgroup") / name for name in ("memory.max", "memory.current"))
    if limit.is_file() and used.is_file() and limit.read_text().strip().isdigit():
        found = min(found, int(limit.read_text()) - int(used.read_text()))
    return found


def version(command: list[str | Path]) -> str:
    """The first version number that a program says; empty where there is no such program or it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = VERSION.search(done.stdout + done.stderr)
    return found[0] if done.returncode == 0 and found else ""


def ports(settings: Mapping[str, str], services: Mapping[str, Service]) -> Iterator[Finding]:
    """Whether every port of ours is free, or one of ours listens there."""
    for name, service in services.items():
        port = service.listens_on(settings)
        if not port:
            continue
        free = is_free(settings["MILLRACE_BIND"], int(port))
        ours = not free and service.healthy(settings)
        taken = "taken by another program; stop it, or set another port in .env"
        words = "free" if free else f"{name} of Millrace listens" if ours else taken
        yield Finding(f"port {port} ({name})", free or ours, words)
