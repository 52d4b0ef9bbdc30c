"""Tells files that containers could not read, before they fail over them."""

from collections.abc import Iterable
from pathlib import Path

from millrace_local.layout import Layout
from millrace_local.problem import BAD_CONFIGURATION, Problem

MOUNTED = (
    "airflow/dags",
    "contract",
    "dbt",
    "superset/assets",
    "postgres/init",
    "docker/postgres",
    "clickhouse/config",
)
MADE = {"__pycache__", "target"}


def mounted(layout: Layout) -> list[Path]:
    """What containers see of this machine."""
    return [*(layout.root / place for place in MOUNTED), layout.pipelines]


def refuse_unreadable(layout: Layout) -> None:
    """Raises Problem (exit code 2): containers run as accounts of their own, which the files' modes may keep out."""
    places = [place for place in mounted(layout) if any(is_closed(path) for path in below(place))]
    if places:
        command = f"chmod -R o+rX {' '.join(map(str, places))}"
        raise Problem(f"{places[0]} can't be read by other accounts.", f"Run: {command}", BAD_CONFIGURATION)


def below(place: Path) -> Iterable[Path]:
    """The place and all in it but what Python and dbt made, which containers do without."""
    yield place
    yield from (path for path in place.rglob("*") if MADE.isdisjoint(path.relative_to(place).parts))


def is_closed(path: Path) -> bool:
    """True when the mode keeps others from reading a file or entering a folder."""
    wanted = 0o005 if path.is_dir() else 0o004
    return path.exists() and path.stat().st_mode & wanted != wanted
