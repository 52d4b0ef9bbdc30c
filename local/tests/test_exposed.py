"""Documented passwords are for a machine that nobody else reaches."""

import pytest

from millrace_local.exposed import exposure

DEFAULTS = {"MILLRACE_BIND": "127.0.0.1", "AIRFLOW_ADMIN_PASSWORD": "admin", "CLICKHOUSE_PASSWORD": "clickhouse123"}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, ""),
        ({"MILLRACE_BIND": "::1"}, ""),
        ({"MILLRACE_BIND": "0.0.0.0"}, "AIRFLOW_ADMIN_PASSWORD, CLICKHOUSE_PASSWORD"),
        ({"MILLRACE_BIND": "10.0.0.7", "CLICKHOUSE_PASSWORD": "hidden"}, "AIRFLOW_ADMIN_PASSWORD"),
        ({"MILLRACE_BIND": "0.0.0.0", "CLICKHOUSE_PASSWORD": "hidden", "AIRFLOW_ADMIN_PASSWORD": "hidden"}, ""),
    ],
)
def test_a_start_says_which_passwords_everybody_knows(changes: dict[str, str], named: str) -> None:
    said = exposure({**DEFAULTS, **changes}, DEFAULTS)
    assert said == "" if not named else f"everybody knows {named}:" in said
    assert "hidden" not in said
