"""dbt on wrong data: each error makes its own test fail, and no mart shows it."""

from __future__ import annotations

import pytest
import raw_data
from clickhouse import ClickHouse
from dbt_project import Dbt, Run

pytestmark = pytest.mark.integration

# What is wrong with the source's rows: a statement, and the tests that must fail on it.
ERRORS = {
    "doubled order": (
        "INSERT INTO raw.orders SELECT * FROM raw.orders WHERE order_id = 1",
        {"unique_stg_orders_order_id"},
    ),
    "doubled item": (
        "INSERT INTO raw.order_items SELECT * FROM raw.order_items WHERE order_item_id = 40",
        {"unique_stg_order_items_order_item_id", "order_totals_equal_their_items"},
    ),
    "total off by a cent": (
        "ALTER TABLE raw.orders UPDATE total_amount = total_amount + 0.01 WHERE order_id = 5",
        {"order_totals_equal_their_items"},
    ),
    "order without items": (
        "DELETE FROM raw.order_items WHERE order_id = 100",
        {"order_totals_equal_their_items"},
    ),
    "item of no order": (
        "INSERT INTO raw.order_items VALUES (9001, 9999, 1, 1, 199.99, 199.99)",
        {"relationships_stg_order_items_order_id__order_id__ref_stg_orders_"},
    ),
    "item of no product": (
        "ALTER TABLE raw.order_items UPDATE product_id = 99 WHERE order_item_id = 7",
        {"relationships_stg_order_items_product_id__product_id__ref_stg_products_"},
    ),
    "order of no customer": (
        "ALTER TABLE raw.orders UPDATE customer_id = 77 WHERE order_id = 9",
        {"relationships_stg_orders_customer_id__customer_id__ref_stg_customers_"},
    ),
    "unknown status": (
        "ALTER TABLE raw.orders UPDATE status = 'lost' WHERE order_id = 11",
        {"accepted_values_stg_orders_status__completed__shipped__processing__cancelled"},
    ),
    "negative quantity": (
        "ALTER TABLE raw.order_items UPDATE quantity = -quantity, subtotal = -subtotal WHERE order_item_id = 20",
        {"accepted_range_stg_order_items_quantity__1", "order_totals_equal_their_items"},
    ),
    "subtotal off by a cent": (
        "ALTER TABLE raw.order_items UPDATE subtotal = subtotal + 0.01 WHERE order_item_id = 30",
        {"stg_order_items_subtotal_is_quantity_times_price", "order_totals_equal_their_items"},
    ),
    "email of two customers": (
        "ALTER TABLE raw.customers UPDATE email = 'emma.johnson@example.com' WHERE customer_id = 2",
        {"unique_stg_customers_email"},
    ),
    "negative price": (
        "ALTER TABLE raw.products UPDATE price = -price WHERE product_id = 3",
        {"accepted_range_stg_products_price__0"},
    ),
    "no category": (
        "ALTER TABLE raw.products UPDATE category = NULL WHERE product_id = 4",
        {"not_null_stg_products_category"},
    ),
    "order from the future": (
        "ALTER TABLE raw.orders UPDATE order_date = now64(6) + INTERVAL 3 DAY WHERE order_id = 12",
        {"stg_orders_order_date_is_plausible"},
    ),
}


@pytest.fixture(scope="module")
def marts(server: ClickHouse, dbt: Dbt) -> str:
    """The marts' contents, built from right data."""
    first = dbt.build("ecommerce")
    assert first.code == 0, first.output
    return _marts(server)


@pytest.fixture(scope="module")
def wrong(server: ClickHouse, dbt: Dbt, marts: str) -> Run:
    """A build after a faithful load of a source with all the errors."""
    server.run("ALTER TABLE raw.products MODIFY COLUMN category Nullable(String)")
    for statement, _ in ERRORS.values():
        server.run(statement)
    raw_data.record_loads(server)
    return dbt.build("ecommerce")


@pytest.mark.parametrize("error", ERRORS)
def test_wrong_rows_fail_their_tests(wrong: Run, error: str) -> None:
    assert ERRORS[error][1] <= wrong.named("fail")


def test_nothing_else_fails(wrong: Run) -> None:
    assert wrong.code == 1
    assert wrong.named("fail", "error") == set().union(*(tests for _, tests in ERRORS.values()))


def test_marts_stay_as_they_were(wrong: Run, server: ClickHouse, marts: str) -> None:
    assert wrong.statuses["fact_sales"] == wrong.statuses["agg_sales_by_state"] == "skipped"
    assert _marts(server) == marts


def test_rows_lost_after_the_load_are_missed(server: ClickHouse, dbt: Dbt) -> None:
    raw_data.fill(server)
    server.run("DELETE FROM raw.customers WHERE customer_id = 10")
    run = dbt.run("build", "--select", "stg_customers", "source:raw.customers")
    assert run.code == 1
    assert run.named("fail") == {"source_matches_last_load_raw_customers_"}


def test_marts_that_differ_from_their_sources_are_found(server: ClickHouse, dbt: Dbt) -> None:
    raw_data.fill(server)
    assert dbt.run("run", "--select", "path:models/ecommerce").code == 0
    server.run("DELETE FROM analytics.fact_sales WHERE order_item_id = 294")
    run = dbt.run("test", "--select", "fact_sales", "agg_sales_by_state")
    assert run.code == 1
    assert run.named("fail") == {
        "fact_sales_totals_equal_raw_order_items",
        "fact_sales_totals_equal_raw_orders",
        "agg_sales_by_state_totals_equal_fact_sales",
    }


def test_old_loads_are_stale(server: ClickHouse, dbt: Dbt) -> None:
    raw_data.fill(server)
    server.run("TRUNCATE TABLE millrace.loads")
    raw_data.record_loads(server, finished_at="now64(6) - INTERVAL 3 DAY")
    stale = dbt.run("source", "freshness", "--select", "source:raw")
    assert stale.code == 1
    assert "ERROR STALE freshness of raw.orders" in stale.output


def _marts(server: ClickHouse) -> str:
    return "\n".join(
        server.run(f"SELECT * FROM analytics.{mart} ORDER BY 1") for mart in ("fact_sales", "agg_sales_by_state")
    )
