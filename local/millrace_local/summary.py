"""The table that ./run.sh ends with: where to look, how to log in, what was loaded."""

import base64
import json
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from millrace_contract.folder import readable
from millrace_local.followers import followers

COUNTS = """
SELECT database || '.' || name, total_rows FROM system.tables
WHERE (database IN ({raw}) OR database LIKE 'analytics%') AND total_rows IS NOT NULL
ORDER BY database LIKE 'analytics%', database, name FORMAT JSONCompact
"""
MAX_TABLES = 40


def query(settings: Mapping[str, str], sql: str) -> list[list[Any]]:
    """The rows that ClickHouse answers."""
    url = f"http://{settings['CLICKHOUSE_HOST']}:{settings['CLICKHOUSE_HTTP_PORT']}/"
    login = f"{settings['CLICKHOUSE_USER']}:{settings['CLICKHOUSE_PASSWORD']}"
    request = urllib.request.Request(url, sql.encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(login.encode()).decode())
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["data"]


def counts(databases: Iterable[str]) -> str:
    """The query for the rows of all tables of these databases, whose names are letters, digits and _, and of models."""
    return COUNTS.format(raw=", ".join(f"'{name}'" for name in sorted(set(databases)) or [""]))


def print_summary(pipelines: Path, settings: Mapping[str, str], defaults: Mapping[str, str], seconds: float) -> None:
    """Prints the table. pipelines: the folder of their files."""
    known = readable(pipelines)
    host = "127.0.0.1"
    page = f"dags/{known[0].dag.id}" if len(known) == 1 else "dags"
    places = [
        ("Superset", f"http://{host}:{settings['SUPERSET_PORT']}/dashboard/list/", "SUPERSET_ADMIN"),
        (
            "Airflow",
            f"http://{host}:{settings['AIRFLOW_PORT']}/{page}",
            "AIRFLOW_ADMIN",
        ),
        ("dbt docs", f"http://{host}:{settings['WEBHOOK_PORT']}/dbt-docs/", ""),
        ("webhook", f"http://{host}:{settings['WEBHOOK_PORT']}/", ""),
        ("ClickHouse", f"http://{host}:{settings['CLICKHOUSE_HTTP_PORT']}/play", "CLICKHOUSE"),
        *((f.name, f"http://{host}:{f.port}/status", "") for f in followers(pipelines)),
        *(
            ("PostgreSQL", f"{settings[f'{env}_HOST']}:{settings[f'{env}_PORT']}/{settings[f'{env}_DB']}", env)
            for env in dict.fromkeys(pipeline.source_env for pipeline in known)
            if all(f"{env}_{part}" in settings for part in ("HOST", "PORT", "DB", "USER", "PASSWORD"))
        ),
    ]
    print()
    for name, url, login in places:
        print(f"  {name:<18}{url:<58}{login_of(settings, defaults, login)}")
    print()
    rows_of = query(settings, counts(p.database for p in known if p.target_env == "CLICKHOUSE"))
    for table, rows in rows_of[:MAX_TABLES]:
        print(f"  {table:<32}{int(rows):>10} rows")
    if len(rows_of) > MAX_TABLES:
        print(f"  and {len(rows_of) - MAX_TABLES} more tables")
    print(f"\nMillrace is up, {seconds:.0f} s. Prove it: ./check_all_works.sh   Stop it: ./stop.sh")


def login_of(settings: Mapping[str, str], defaults: Mapping[str, str], prefix: str) -> str:
    """The login of a service; its password only where that is the documented default; "" where none is needed."""
    if not prefix:
        return ""
    password = settings[f"{prefix}_PASSWORD"]
    shown = password if password == defaults.get(f"{prefix}_PASSWORD") else "(see .env)"
    return f"{settings[f'{prefix}_USER']} / {shown}"
