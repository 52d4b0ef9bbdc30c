"""Documented passwords are for a machine that nobody else reaches."""

import pytest

from millrace_local.exposed import refuse_exposed
from millrace_local.problem import Problem

DEFAULTS = {
    "MILLRACE_BIND": "127.0.0.1",
    "AIRFLOW_ADMIN_PASSWORD": "admin",
    "CLICKHOUSE_PASSWORD": "clickhouse123",
    "WEBHOOK_TOKEN": "",
}
OWN = {"CLICKHOUSE_PASSWORD": "hidden", "AIRFLOW_ADMIN_PASSWORD": "hidden"}


@pytest.mark.parametrize(
    "changes", [{}, {"MILLRACE_BIND": "::1"}, {"MILLRACE_BIND": "0.0.0.0", **OWN, "WEBHOOK_TOKEN": "hidden"}]
)
def test_a_start_that_harms_nobody_goes_on(changes: dict[str, str]) -> None:
    refuse_exposed({**DEFAULTS, **changes}, DEFAULTS)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MILLRACE_BIND": "0.0.0.0"}, "everybody knows AIRFLOW_ADMIN_PASSWORD, CLICKHOUSE_PASSWORD"),
        ({"MILLRACE_BIND": "10.0.0.7", "CLICKHOUSE_PASSWORD": "hidden"}, "everybody knows AIRFLOW_ADMIN_PASSWORD"),
        ({"MILLRACE_BIND": "0.0.0.0", **OWN}, "WEBHOOK_TOKEN is empty"),
    ],
)
def test_a_start_that_everybody_could_use_is_refused(changes: dict[str, str], named: str) -> None:
    with pytest.raises(Problem, match=named) as refused:
        refuse_exposed({**DEFAULTS, **changes}, DEFAULTS)
    assert "hidden" not in str(refused.value)
