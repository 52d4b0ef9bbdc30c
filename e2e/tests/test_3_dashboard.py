"""The dashboards and the documentation in a browser."""

import re

from playwright.sync_api import Page, expect

from browser import log_in_to_superset
from millrace_superset.chart_values import dashboards
from millrace_superset.client import Client
from product import Product, eventually

TOTAL = "SELECT round(sum(subtotal)) FROM order_items"
TOTAL_OF_BOOKS = TOTAL + " JOIN products USING (product_id) WHERE category = 'Books'"
NOTHING_SHOWN = re.compile("No data|No results|Unexpected error|Error:")


def dollars(product: Product, query: str) -> str:
    """A sum of the source, as the dashboard writes it."""
    with product.source() as source:
        return f"${source.execute(query).fetchone()[0]:,}"


def open_dashboard(page: Page, product: Product, slug: str, charts: int) -> None:
    """Opens a dashboard and returns when every chart is drawn."""
    log_in_to_superset(page, product)
    page.goto(product.url("SUPERSET_PORT", f"/superset/dashboard/{slug}/"))
    expect(page.locator('[data-test="slice-container"]')).to_have_count(charts)
    expect(page.locator(".loading")).to_have_count(0)
    expect(page.get_by_text(NOTHING_SHOWN)).to_have_count(0)


def test_the_sales_overview_shows_what_postgres_holds(product: Product, page: Page) -> None:
    open_dashboard(page, product, "sales-overview", 14)
    revenue = page.locator('[data-test-chart-name="Revenue"]')
    expect(revenue).to_contain_text(dollars(product, TOTAL))


def test_a_filter_applies_to_the_charts(product: Product, page: Page) -> None:
    open_dashboard(page, product, "sales-overview", 14)
    page.locator('[data-test="filter-bar"]').get_by_role("combobox").nth(0).click()
    page.get_by_title("Books", exact=True).first.click()
    page.keyboard.press("Escape")
    page.locator('[data-test="filter-bar__apply-button"]').click()
    expect(page.locator('[data-test-chart-name="Revenue"]')).to_contain_text(dollars(product, TOTAL_OF_BOOKS))


def test_the_pipeline_health_dashboard_shows_every_chart(product: Product, page: Page) -> None:
    open_dashboard(page, product, "pipeline-health", 8)


def test_dbt_docs_are_browsable(product: Product, page: Page) -> None:
    assert eventually(lambda: product.answer("WEBHOOK_PORT", "/dbt-docs/")[0] == 200, 120)
    page.goto(product.url("WEBHOOK_PORT", "/dbt-docs/"))
    expect(page.get_by_role("heading", name="Millrace")).to_be_visible()


class Chart:
    """A chart as a dashboard that is opened asks it."""

    def __init__(self, product: Product, name: str) -> None:
        self._client = Client(product.url("SUPERSET_PORT"), "admin", "admin", 60)
        charts = [chart for _, charts in dashboards(self._client) for chart in charts]
        self._id = next(chart["id"] for chart in charts if chart["slice_name"] == name)

    def asked(self) -> tuple[float, bool]:
        """Its number, and whether ClickHouse was spared the question."""
        result = self._client.get(f"chart/{self._id}/data/")["result"][0]
        return next(iter(result["data"][0].values())), bool(result["is_cached"])


def test_a_chart_asks_clickhouse_again_when_its_table_has_other_rows_and_only_then(product: Product) -> None:
    chart = Chart(product, "Revenue")
    revenue, _ = chart.asked()
    assert chart.asked() == (revenue, True)
    product.in_clickhouse("INSERT INTO analytics.agg_sales_by_state SELECT * FROM analytics.agg_sales_by_state LIMIT 0")
    assert chart.asked() == (revenue, True)
    product.in_clickhouse("CREATE TABLE analytics.before AS analytics.fact_sales")
    product.in_clickhouse("INSERT INTO analytics.before SELECT * FROM analytics.fact_sales")
    try:
        product.in_clickhouse("INSERT INTO analytics.fact_sales SELECT * FROM analytics.before")
        assert chart.asked() == (2 * revenue, False)
        assert chart.asked() == (2 * revenue, True)
    finally:
        product.in_clickhouse("EXCHANGE TABLES analytics.before AND analytics.fact_sales")
    assert chart.asked() == (revenue, False)
    product.in_clickhouse("DROP TABLE analytics.before SYNC")


def test_a_chart_with_the_clock_in_it_is_asked_anew(product: Product) -> None:
    age = Chart(product, "Freshness")
    age.asked()
    assert not age.asked()[1]


def test_what_people_do_stands_in_supersets_log(product: Product) -> None:
    client = Client(product.url("SUPERSET_PORT"), "admin", "admin", 60)
    before = client.get("log/")["count"]
    Chart(product, "Revenue").asked()
    assert eventually(lambda: client.get("log/")["count"] > before + 1, 10)
