"""The DAG in the Airflow UI."""

from playwright.sync_api import Page, expect

from browser import log_in_to_airflow
from product import DAG, Product, eventually


def test_the_dag_is_triggered_in_the_browser_and_succeeds(product: Product, page: Page) -> None:
    log_in_to_airflow(page, product)
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}"))
    before = product.dag_runs()
    page.get_by_test_id("trigger-dag-button").click()
    page.get_by_role("button", name="Trigger", exact=True).last.click()
    assert eventually(lambda: len(product.dag_runs()) > len(before), 30)
    newest = (set(product.dag_runs()) - set(before)).pop()
    assert eventually(lambda: product.dag_runs()[newest] in ("success", "failed"), 120)
    assert product.dag_runs()[newest] == "success"
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}/runs/{newest}"))
    for task in ("create_clickhouse_databases", "hold_snapshot", "load_order_items", "run_dbt_transformations"):
        expect(page.get_by_role("link", name=task).first).to_be_visible()


def test_the_task_log_shows_what_dbt_said(product: Product, page: Page) -> None:
    log_in_to_airflow(page, product)
    run = list(product.dag_runs())[0]
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}/runs/{run}/tasks/run_dbt_transformations"))
    expect(page.get_by_text("fact_sales").first).to_be_visible()
    expect(page.get_by_text("Completed successfully").first).to_be_visible()
