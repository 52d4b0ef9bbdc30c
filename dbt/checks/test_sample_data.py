"""dbt on the sample data as it is: green, complete, exact, documented."""

from __future__ import annotations

import pytest
from clickhouse import ClickHouse
from dbt_project import Dbt, Run

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def build(server: ClickHouse, dbt: Dbt) -> Run:
    return dbt.build("ecommerce")


@pytest.fixture(scope="module")
def documented(build: Run, dbt: Dbt) -> Dbt:
    generated = dbt.run("docs", "generate", "--static")
    assert generated.code == 0, generated.output
    return dbt


def test_every_model_and_test_is_green(build: Run) -> None:
    assert build.code == 0, build.output
    assert build.named("pass", "success", "no-op") == set(build.statuses)


def test_marts_hold_what_the_source_holds(build: Run, server: ClickHouse) -> None:
    sold = server.run("SELECT count(), uniqExact(order_id), sum(revenue) FROM analytics.fact_sales")
    by_state = server.run("SELECT sum(total_orders), sum(total_revenue) FROM analytics.agg_sales_by_state")
    assert sold == "294\t100\t41396.62"
    assert by_state == "100\t41396.62"


def test_profit_is_exact(build: Run, server: ClickHouse) -> None:
    expected = server.run(
        "SELECT sum(subtotal - quantity * cost) FROM raw.order_items JOIN raw.products USING product_id"
    )
    assert server.run("SELECT sum(profit) FROM analytics.fact_sales") == expected


def test_money_stays_decimal(build: Run, server: ClickHouse) -> None:
    money = server.run(
        "SELECT DISTINCT extract(type, '^[A-Za-z]+') FROM system.columns WHERE database = 'analytics' AND name IN"
        " ('price', 'cost', 'unit_price', 'unit_cost', 'subtotal', 'revenue', 'profit', 'total_amount',"
        " 'total_revenue', 'total_cost', 'total_profit')"
    )
    assert money == "Decimal"


def test_models_are_in_the_database_analytics(build: Run, server: ClickHouse) -> None:
    tables = server.run("SELECT name FROM system.tables WHERE database = 'analytics' ORDER BY name").split()
    assert tables == sorted(build.named("success"))


def test_every_column_in_the_database_is_documented(documented: Dbt) -> None:
    nodes = documented.artifact("manifest")["nodes"]
    catalog = documented.artifact("catalog")["nodes"]
    built = {(key, column) for key, node in catalog.items() for column in node["columns"]}
    described = {
        (key, name)
        for key in catalog
        if nodes[key]["description"]
        for name, column in nodes[key]["columns"].items()
        if column["description"]
    }
    assert built == described


def test_comments_are_kept_in_the_database(build: Run, server: ClickHouse) -> None:
    silent = server.run("SELECT table, name FROM system.columns WHERE database = 'analytics' AND comment = ''")
    assert silent == ""


def test_documentation_is_one_page(documented: Dbt) -> None:
    page = (documented.target / "static_index.html").read_text()
    assert "Every item sold with its order, customer and product" in page


def test_second_build_gives_the_same(build: Run, server: ClickHouse, dbt: Dbt) -> None:
    before = server.run("SELECT * FROM analytics.fact_sales ORDER BY order_item_id")
    assert dbt.build("ecommerce").code == 0
    assert server.run("SELECT * FROM analytics.fact_sales ORDER BY order_item_id") == before
