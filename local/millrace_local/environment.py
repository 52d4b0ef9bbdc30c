"""The environment that the supervised processes, and the commands that prepare them, run in."""

import os
from collections.abc import Mapping
from urllib.parse import quote

from millrace_local.layout import Layout
from millrace_local.secret_keys import ADMIN_KEY, secret_keys

# What a process may see of the caller's environment: no more than it takes to run programs and reach the network.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "JAVA_HOME", "TERM")
PASSED_ON_SUFFIXES = ("_PROXY", "_proxy", "_CA_BUNDLE", "_CERT", "_CERT_FILE", "_CERT_DIR", "_CA_CERTS")


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of the caller's environment that is passed on."""
    return {k: v for k, v in environment.items() if k in PASSED_ON or k.endswith(PASSED_ON_SUFFIXES)}


def database_uri(driver: str, settings: Mapping[str, str], prefix: str) -> str:
    """
    SQLAlchemy's address of the database that the settings with this prefix name, on our Postgres. It holds no password:
    programs/ put it into PGPASSWORD, where no character needs quoting.
    """
    user = quote(settings[f"{prefix}_USER"], safe="")
    host = f"{settings['POSTGRES_HOST']}:{settings['POSTGRES_PORT']}"
    return f"{driver}://{user}@{host}/{quote(settings[f'{prefix}_NAME'], safe='')}"


def process_environment(
    layout: Layout, settings: Mapping[str, str], caller: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Every variable that processes of the local runtime need; programs/ take away the secrets that are not theirs."""
    state, root = layout.state, layout.root
    owner, account = layout.postgres_owner, layout.clickhouse_owner
    return {
        **inherited(caller),
        **{name: value for name, value in {**settings, **secret_keys(state)}.items() if name != ADMIN_KEY},
        "MILLRACE_RUNTIME": "local",
        "MILLRACE_ROOT": str(root),
        "MILLRACE_HOME": str(layout.home),
        "MILLRACE_STATE": str(state),
        "MILLRACE_SUPERVISOR_SOCKET": str(layout.supervisor_socket),
        "MILLRACE_POSTGRES": str(layout.postgres),
        "MILLRACE_PGDATA": str(layout.pgdata),
        "MILLRACE_POSTGRES_UID": str(owner.pw_uid) if owner else "",
        "MILLRACE_POSTGRES_GID": str(owner.pw_gid) if owner else "",
        "MILLRACE_CLICKHOUSE_DATA": str(layout.clickhouse_data),
        "MILLRACE_CLICKHOUSE_ACCOUNT": f"{account.pw_uid}:{account.pw_gid}" if account else "",
        "MILLRACE_PIPELINES": str(layout.pipelines),
        "MILLRACE_LOADER": str(root / "loader/bin/loader"),
        "WEBHOOK_URL": f"http://127.0.0.1:{settings['WEBHOOK_PORT']}",
        "ORDER_API_URL": f"http://127.0.0.1:{settings['ORDER_API_PORT']}",
        "WEBHOOK_HOST": settings["MILLRACE_BIND"],
        "WEBHOOK_STATE": str(state / "webhook"),
        "DBT_PROJECT_DIR": str(root / "dbt"),
        "DBT_EXECUTABLE": str(layout.program("dbt", "dbt")),
        "SUPERSET_DATABASE_URI": database_uri("postgresql+psycopg2", settings, "SUPERSET_DB"),
        "SUPERSET_CONFIG_PATH": str(root / "superset/superset_config.py"),
        "SUPERSET_HOME": str(state / "superset"),
        "AIRFLOW_HOME": str(state / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(root / "airflow/dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(root / "airflow/plugins"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(state / "airflow/passwords.json"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{settings['AIRFLOW_ADMIN_USER']}:admin",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{settings['AIRFLOW_PORT']}/execution/",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{settings['AIRFLOW_PORT']}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database_uri("postgresql+psycopg2", settings, "AIRFLOW_DB"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": database_uri("postgresql+asyncpg", settings, "AIRFLOW_DB"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(state / "logs/airflow-tasks"),
    }
