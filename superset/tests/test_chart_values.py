import pytest
from fake_superset import fake_superset

from millrace_superset.chart_values import ChartValue, chart_values, emptiness
from millrace_superset.client import Client
from millrace_superset.problem import Problem


def answers(status: int, body: object) -> dict[str, tuple[int, object]]:
    return {
        "/api/v1/dashboard/": (200, {"result": [{"id": 7, "dashboard_title": "Sales"}]}),
        "/api/v1/dashboard/7/charts": (
            200,
            {"result": [{"id": 3, "slice_name": "Revenue", "form_data": {"datasource": "5__table"}}]},
        ),
        "/api/v1/dataset/": (200, {"result": [{"id": 5, "schema": "analytics", "table_name": "sales"}]}),
        "/api/v1/chart/3/data/": (status, body),
    }


def value_for(status: int, body: object) -> ChartValue:
    with fake_superset(answers(status, body)) as address:
        (value,) = chart_values(Client(address, "admin", "right"))
    return value


def test_a_chart_with_data_is_ok() -> None:
    value = value_for(200, {"result": [{"data": [{"revenue": 12.5}], "error": None}]})
    assert value == ChartValue("Sales", "Revenue", 1, {"revenue": 12.5}, "", table=("analytics", "sales"))
    assert value.ok
    assert value.summary == "12.5"


def test_rows_of_all_queries_of_a_chart_count() -> None:
    value = value_for(200, {"result": [{"data": [{"a": 1}]}, {"data": [{"b": 2}, {"b": 3}]}]})
    assert value.summary == "3 rows"


def test_the_reason_of_a_failed_query_is_told() -> None:
    value = value_for(400, {"message": "Unknown table analytics.fact_sales"})
    assert not value.ok
    assert value.reason == "HTTP 400: Unknown table analytics.fact_sales"


def test_a_chart_of_good_news_may_show_nothing() -> None:
    known = answers(200, {"result": [{"data": [{"lag": 0}]}]})
    chart = {"id": 3, "slice_name": "Lag", "form_data": {"datasource": "5__table", "may_be_empty": True}}
    known["/api/v1/dashboard/7/charts"] = (200, {"result": [chart]})
    with fake_superset(known) as address:
        (value,) = chart_values(Client(address, "admin", "right"))
    assert value.ok


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no rows"),
        ([{"revenue": 0}], "every value is 0"),
        ([{"margin": float("nan")}], "every value is 0"),
        ([{"margin": None}], "every value is empty"),
        ([{"state": "Texas", "revenue": 0}], "every value is 0"),
        ([{"revenue": 0}, {"revenue": 1}], ""),
        ([{"state": "Texas"}], ""),
    ],
)
def test_zeros_and_nothing_are_not_data(rows: list[dict[str, object]], reason: str) -> None:
    assert emptiness(rows) == reason


def test_a_wrong_password_is_one_sentence() -> None:
    with fake_superset({}) as address, pytest.raises(Problem, match="refused the login of admin") as raised:
        Client(address, "admin", "wrong")
    assert raised.value.code == 2


def test_a_server_that_is_down_is_one_sentence() -> None:
    with fake_superset({}) as address:
        pass
    with pytest.raises(Problem, match="does not answer at http://127.0.0.1") as raised:
        Client(address, "admin", "right")
    assert raised.value.code == 3
