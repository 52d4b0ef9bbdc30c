"""dbt on the store: green on its sample data, exact, and red on orders that do not add up."""

from __future__ import annotations

import pytest
import raw_data
from clickhouse import ClickHouse
from dbt_project import Dbt, Run

pytestmark = pytest.mark.integration
SAMPLE = raw_data.STORE

ERRORS = {
    "order without items": (
        "INSERT INTO raw_store.orders VALUES (3, 2, '2026-07-01T10:02:00Z', 3.25)",
        {"store_order_totals_equal_their_items"},
    ),
    "item of no product": (
        "INSERT INTO raw_store.order_items VALUES (4, 1, 99, 1, 3.25, 3.25)",
        {"relationships_stg_store_order_items_product_id__product_id__ref_stg_store_products_"},
    ),
    "subtotal off by a cent": (
        "ALTER TABLE raw_store.order_items UPDATE subtotal = subtotal + toDecimal64('0.01', 2) WHERE order_item_id = 3",
        {"stg_store_order_items_subtotal_is_quantity_times_price", "store_order_totals_equal_their_items"},
    ),
    "order of no customer": (
        "ALTER TABLE raw_store.orders UPDATE customer_id = 77 WHERE order_id = 1",
        {"relationships_stg_store_orders_customer_id__customer_id__ref_stg_store_customers_"},
    ),
}


@pytest.fixture(scope="module")
def build(server: ClickHouse, dbt: Dbt) -> Run:
    return dbt.build("store")


def test_every_model_and_test_is_green(build: Run) -> None:
    assert build.code == 0, build.output
    assert build.named("pass", "success", "no-op") == set(build.statuses)


def test_marts_hold_what_the_source_holds(build: Run, server: ClickHouse) -> None:
    marts = "analytics_store"
    assert server.run(f"SELECT count(), uniqExact(order_id), sum(revenue) FROM {marts}.fact_orders") == "3\t2\t102.2"
    assert server.run(f"SELECT count(), sum(total_orders), sum(total_spent) FROM {marts}.dim_customers") == (
        "10\t2\t102.2"
    )
    assert server.run(f"SELECT count(), sum(total_quantity), sum(total_revenue) FROM {marts}.dim_products") == (
        "12\t4\t102.2"
    )


def test_comments_are_kept_in_the_database(build: Run, server: ClickHouse) -> None:
    silent = server.run("SELECT table, name FROM system.columns WHERE database = 'analytics_store' AND comment = ''")
    assert silent == ""


def test_wrong_rows_fail_their_tests(build: Run, server: ClickHouse, dbt: Dbt) -> None:
    for statement, _ in ERRORS.values():
        server.run(statement)
    raw_data.record_loads(server, SAMPLE)
    wrong = dbt.build("store")
    assert wrong.code == 1
    assert set().union(*(tests for _, tests in ERRORS.values())) <= wrong.named("fail")
    assert wrong.statuses["fact_orders"] == "skipped"
