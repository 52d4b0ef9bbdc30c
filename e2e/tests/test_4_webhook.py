"""dbt over HTTP."""

import json

from playwright.sync_api import Page, expect

from product import Product


def test_the_webhook_runs_dbt_and_tells_model_by_model(product: Product) -> None:
    status, body = product.answer("WEBHOOK_PORT", "/webhook/manual", b'{"pipeline": "ecommerce"}')
    assert status == 200, body
    models = {model["name"]: model["status"] for model in json.loads(body)["models"]}
    assert models["fact_sales"] == "success"


def test_the_front_page_leads_to_tables_and_runs(product: Product, page: Page) -> None:
    page.goto(product.url("WEBHOOK_PORT", "/"))
    expect(page.get_by_role("heading", name="ecommerce")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("All is well.")
    page.get_by_role("link", name="raw.orders", exact=True).click()
    expect(page.get_by_role("heading", name="raw.orders")).to_be_visible()
    expect(page.get_by_role("img", name="Rows after each load")).to_be_visible()


def test_a_run_is_followed_in_the_browser(product: Product, page: Page) -> None:
    page.goto(product.url("WEBHOOK_PORT", "/"))
    page.get_by_role("button", name="Run dbt").first.click()
    expect(page.get_by_role("log")).to_contain_text("Running with dbt")
    expect(page.get_by_role("heading", name="Nodes")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="fact_sales model")
    row.get_by_text("SQL").click()
    expect(row.get_by_text("from")).to_be_visible()


def test_pages_are_read_by_keyboard_and_in_the_dark(product: Product, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(product.url("WEBHOOK_PORT", "/"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Runs of dbt")).to_be_visible()
