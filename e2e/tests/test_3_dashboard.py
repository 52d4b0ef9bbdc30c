"""The dashboard and the documentation in a browser."""

import re

from playwright.sync_api import Page, expect

from browser import log_in_to_superset
from product import Product, eventually


def test_the_dashboard_shows_numbers_in_every_chart(product: Product, page: Page) -> None:
    log_in_to_superset(page, product)
    page.goto(product.url("SUPERSET_PORT", "/superset/dashboard/sales-overview/"))
    charts = page.locator("[data-test-viz-type]")
    expect(charts.first).to_be_visible()
    expect(page.get_by_test_id("loading-indicator")).to_have_count(0)
    assert charts.count() >= 8
    expect(page.get_by_text(re.compile("No data|Unexpected error|No results"))).to_have_count(0)


def test_dbt_docs_are_browsable(product: Product, page: Page) -> None:
    assert eventually(lambda: product.answer("WEBHOOK_PORT", "/dbt-docs/")[0] == 200, 90)
    page.goto(product.url("WEBHOOK_PORT", "/dbt-docs/"))
    expect(page.get_by_text("millrace").first).to_be_visible()
