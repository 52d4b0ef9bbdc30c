"""dbt on northwind: green on sample data, exact whatever `real` makes of a price, and red on rows that do not fit."""

from __future__ import annotations

import pytest
import raw_data
from clickhouse import ClickHouse
from dbt_project import Dbt, Run

pytestmark = pytest.mark.integration
SAMPLE = raw_data.NORTHWIND
MARTS = "analytics_northwind"

ERRORS = {
    "order of no customer": (
        "INSERT INTO raw_northwind.orders VALUES (10251, 'NOONE', 2, '2026-06-04', '2026-07-02', NULL, 1, 1, 'USA')",
        {"relationships_stg_northwind_orders_customer_id__customer_id__ref_stg_northwind_customers_"},
    ),
    "nothing ordered": (
        "INSERT INTO raw_northwind.order_details VALUES (10249, 64, 5.52, 0, 0)",
        {"accepted_range_stg_northwind_order_details_quantity__1"},
    ),
}


@pytest.fixture(scope="module")
def build(server: ClickHouse, dbt: Dbt) -> Run:
    return dbt.build("northwind")


def test_every_model_and_test_is_green(build: Run) -> None:
    assert build.code == 0, build.output
    assert build.named("pass", "success", "no-op") == set(build.statuses)


def test_sums_are_those_of_the_written_prices(build: Run, server: ClickHouse) -> None:
    sums = server.run(
        f"SELECT sum(quantity), sum(revenue) FROM {MARTS}.northwind_sales GROUP BY order_id ORDER BY order_id"
    )
    assert sums.split("\n") == ["13\t126.04", "4\t51.52", "1\t27.094"]
    assert server.run(f"SELECT sum(freight), sum(late), sum(overdue) FROM {MARTS}.northwind_shipping") == "20.89\t1\t0"


def test_each_mart_has_its_rows(build: Run, server: ClickHouse) -> None:
    counts = {"sales": 4, "orders": 3, "sales_by_product": 3, "sales_by_employee": 2, "sales_by_country": 3}
    for mart, rows in {**counts, "inventory": 3, "shipping": 2}.items():
        assert server.run(f"SELECT count() FROM {MARTS}.northwind_{mart}") == str(rows), mart


def test_stock_tells_what_to_do(build: Run, server: ClickHouse) -> None:
    states = server.run(f"SELECT stock_state FROM {MARTS}.northwind_inventory ORDER BY product_id")
    assert states.split("\n") == ["in stock", "to reorder", "out of stock"]


def test_comments_are_kept_in_the_database(build: Run, server: ClickHouse) -> None:
    assert server.run(f"SELECT table, name FROM system.columns WHERE database = '{MARTS}' AND comment = ''") == ""


def test_wrong_rows_fail_their_tests(build: Run, server: ClickHouse, dbt: Dbt) -> None:
    for statement, _ in ERRORS.values():
        server.run(statement)
    failed = dbt.run("test", "--select", "path:models/northwind/staging").named("fail")
    assert failed == set.union(*(tests for _, tests in ERRORS.values()))
