"""Who may sign in where."""

from pathlib import Path

from millrace_local.postgres import access_lines, quoted
from millrace_local.samples import Sample

SETTINGS = {
    "AIRFLOW_DB_NAME": "airflow",
    "AIRFLOW_DB_USER": "air flow",
    "SUPERSET_DB_NAME": "superset",
    "SUPERSET_DB_USER": "superset",
}
SHOP = Sample("shop", "SHOP", "shop", "bob", "secret", Path("postgres/init/shop"))


def test_our_own_databases_are_for_their_own_role_which_goes_nowhere_else() -> None:
    lines = [line for line in access_lines(SETTINGS, [SHOP]) if "127.0.0.1" in line]
    assert lines == [
        'host all "millrace_admin" 127.0.0.1/32 scram-sha-256',
        'host "airflow" "air flow" 127.0.0.1/32 scram-sha-256',
        'host "superset" "superset" 127.0.0.1/32 scram-sha-256',
        'host "shop" "bob" 127.0.0.1/32 scram-sha-256',
        'host "airflow","superset" all 127.0.0.1/32 reject',
        'host all "air flow","superset" 127.0.0.1/32 reject',
        "host all all 127.0.0.1/32 scram-sha-256",
    ]


def test_nobody_copies_the_cluster() -> None:
    assert not any("replication" in line for line in access_lines(SETTINGS, [SHOP]) if not line.startswith("#"))


def test_names_mean_only_themselves() -> None:
    assert quoted('all"x') == '"all""x"'
