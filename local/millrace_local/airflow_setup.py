"""Prepares Airflow's metadata database and its login."""

import json
from collections.abc import Mapping
from pathlib import Path

from millrace_local.command import run_logged
from millrace_local.layout import Layout
from millrace_local.stamps import digest, unless_made
from millrace_local.whole_file import write_private


def prepare(layout: Layout, settings: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """Writes the administrator's login and migrates the database unless this version did so before."""
    login = json.dumps({settings["AIRFLOW_ADMIN_USER"]: settings["AIRFLOW_ADMIN_PASSWORD"]})
    write_private(layout.state / "airflow/passwords.json", login)

    def migrate() -> None:
        argv: list[str | Path] = [layout.root / "local/programs/airflow", "db", "migrate"]
        run_logged(argv, layout.logs / "airflow-migrate.log", environment, "Migrating Airflow's database", layout.root)

    inputs = digest([layout.root / "airflow/requirements.lock"], environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
    return "" if unless_made(layout.state / "airflow/migrated.stamp", inputs, migrate) else "there already"
