"""A start is done when a chart shows data, and else says why none does."""

import pytest
from fake_superset import fake_superset

from millrace_local import first_chart
from millrace_local.first_chart import see_a_chart
from millrace_local.problem import Problem

DASHBOARDS = {"/api/v1/dashboard/": (200, {"result": [{"id": 7, "dashboard_title": "Sales"}]})}
CHARTS = {
    "/api/v1/dashboard/7/charts": (
        200,
        {
            "result": [
                {"id": 3, "slice_name": "Customers", "form_data": {"datasource": "5__table"}},
                {"id": 4, "slice_name": "Revenue", "form_data": {"datasource": "5__table"}},
            ]
        },
    ),
    "/api/v1/dataset/": (200, {"result": [{"id": 5, "schema": "analytics", "table_name": "sales"}]}),
}
EMPTY = (200, {"result": [{"data": [], "error": None}]})
FULL = (200, {"result": [{"data": [{"revenue": 12.5}], "error": None}]})
REFUSED = (400, {"message": "Authentication failed\n(code 516)"})


def note(customers: tuple, revenue: tuple, password: str = "right") -> str:
    charts = {"/api/v1/chart/3/data/": customers, "/api/v1/chart/4/data/": revenue}
    with fake_superset({**DASHBOARDS, **CHARTS, **charts}) as address:
        port = address.rpartition(":")[2]
        settings = {"SUPERSET_PORT": port, "SUPERSET_ADMIN_USER": "admin", "SUPERSET_ADMIN_PASSWORD": password}
        return see_a_chart(settings)


@pytest.fixture(autouse=True)
def without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_chart, "TIMEOUT", 0.0)


def test_one_chart_that_shows_data_is_enough() -> None:
    assert note(REFUSED, FULL) == "Revenue: 12.5"


def test_a_chart_that_fails_is_named_with_its_reason() -> None:
    with pytest.raises(Problem, match="chart Revenue fails: HTTP 400: Authentication failed$"):
        note(EMPTY, REFUSED)


def test_empty_tables_are_no_fault_of_superset() -> None:
    assert note(EMPTY, EMPTY) == "no chart has a row yet"


def test_a_refused_login_is_told() -> None:
    with pytest.raises(Problem, match="refused the login of admin"):
        note(FULL, FULL, password="wrong")
