"""The table that ./run.sh ends with: where to look, how to log in, what was loaded."""

import base64
import json
import urllib.request
from collections.abc import Mapping

COUNTS = """
SELECT database || '.' || name, total_rows FROM system.tables
WHERE database IN ('raw', 'analytics') AND total_rows IS NOT NULL
ORDER BY database = 'analytics', name FORMAT JSONCompact
"""


def query(settings: Mapping[str, str], sql: str) -> list[list]:
    """The rows that ClickHouse answers."""
    url = f"http://{settings['CLICKHOUSE_HOST']}:{settings['CLICKHOUSE_HTTP_PORT']}/"
    login = f"{settings['CLICKHOUSE_USER']}:{settings['CLICKHOUSE_PASSWORD']}"
    request = urllib.request.Request(url, sql.encode())
    request.add_header("Authorization", "Basic " + base64.b64encode(login.encode()).decode())
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["data"]


def print_summary(settings: Mapping[str, str], defaults: Mapping[str, str], seconds: float) -> None:
    """Prints the table."""
    host = "127.0.0.1"
    places = [
        ("Superset", f"http://{host}:{settings['SUPERSET_PORT']}/superset/dashboard/sales-overview/", "SUPERSET_ADMIN"),
        ("Airflow", f"http://{host}:{settings['AIRFLOW_PORT']}/dags/elt_pipeline", "AIRFLOW_ADMIN"),
        ("dbt docs", f"http://{host}:{settings['WEBHOOK_PORT']}/dbt-docs/", ""),
        ("webhook", f"http://{host}:{settings['WEBHOOK_PORT']}/", ""),
        ("ClickHouse", f"http://{host}:{settings['CLICKHOUSE_HTTP_PORT']}/play", "CLICKHOUSE"),
        ("PostgreSQL", f"{host}:{settings['POSTGRES_PORT']}/{settings['POSTGRES_DB']}", "POSTGRES"),
    ]
    print()
    for name, url, login in places:
        print(f"  {name:<12}{url:<58}{login_of(settings, defaults, login)}")
    print()
    for table, rows in query(settings, COUNTS):
        print(f"  {table:<32}{int(rows):>10} rows")
    print(f"\nMillrace is up, {seconds:.0f} s. Prove it: ./check_all_works.sh   Stop it: ./stop.sh")


def login_of(settings: Mapping[str, str], defaults: Mapping[str, str], prefix: str) -> str:
    """The login of a service; its password only where that is the documented default; "" where none is needed."""
    if not prefix:
        return ""
    password = settings[f"{prefix}_PASSWORD"]
    shown = password if password == defaults[f"{prefix}_PASSWORD"] else "(see .env)"
    return f"{settings[f'{prefix}_USER']} / {shown}"
