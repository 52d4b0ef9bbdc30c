"""What the figures were measured on."""

import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path

from millrace_bench.clickhouse import ClickHouse
from millrace_bench.source import Source
from millrace_local.layout import Layout


def facts(layout: Layout, source: Source, clickhouse: ClickHouse, environment: Mapping[str, str]) -> dict[str, str]:
    """Machine, versions and settings, by what they are called in the report."""
    clickhouse_kind = "a server of its own" if os.environ.get("CLICKHOUSE_HOST") else "embedded (chDB)"
    return {
        "processor": f"{os.cpu_count()} cores, {first_of(Path('/proc/cpuinfo'), 'model name', ':')}",
        "memory": f"{int(first_of(Path('/proc/meminfo'), 'MemTotal', ':').split()[0]) / 1e6:.0f} GB",
        "system": f"{first_of(Path('/etc/os-release'), 'PRETTY_NAME', '=')}, Linux {platform.release()}",
        "load before the start": f"{os.getloadavg()[0]:.2f}",
        "Java": said([java(environment), "-version"]),
        "PostgreSQL": source.facts(environment),
        "ClickHouse": f"{clickhouse.ask('SELECT version()')}, {clickhouse_kind}",
        "loader": commit(layout.root),
        "psql": said(["psql", "--version"]),
        **{name: version(layout, package) for name, package in PACKAGES.items()},
    }


PACKAGES = {"sling": "sling-linux-amd64", "dlt": "dlt"}


def first_of(path: Path, key: str, separator: str) -> str:
    """The value of the first line that begins with this key."""
    lines = path.read_text().splitlines() if path.exists() else []
    found = (line.split(separator, 1)[1].strip(" \t\"'") for line in lines if line.startswith(key))
    return next(found, "unknown")


def said(command: list[str]) -> str:
    """The first line that a command prints."""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip().splitlines()[0]


def java(environment: Mapping[str, str]) -> str:
    """The Java that the loader runs in."""
    home = environment.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def commit(root: Path) -> str:
    """The commit that was measured."""

    def git(*words: str) -> str:
        return subprocess.run(["git", "-C", root, *words], capture_output=True, text=True).stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--", "loader") else ""
    return f"commit {git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"


def version(layout: Layout, package: str) -> str:
    """The version of a package of the benchmark's environment."""
    program = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
    return said([str(layout.program("bench", "python")), "-c", program, package])
