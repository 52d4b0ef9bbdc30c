"""Prepares Superset: its metadata database, administrator, roles and assets."""

from collections.abc import Mapping

from millrace_local.command import run_logged
from millrace_local.layout import Layout


def prepare(layout: Layout, environment: Mapping[str, str]) -> str:
    """Runs Superset's own bootstrap, which does only what is not done yet."""
    argv = [layout.program("superset", "python"), layout.root / "superset/bootstrap.py"]
    run_logged(argv, layout.logs / "superset-setup.log", environment, "Preparing Superset", layout.root)
    return ""
