"""The DAG in the Airflow UI."""

from playwright.sync_api import Page, expect

from browser import log_in_to_airflow, trigger_dag
from product import DAG, Product


def test_the_dag_is_triggered_in_the_browser_and_succeeds(product: Product, page: Page) -> None:
    newest = trigger_dag(page, product, 120)
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}/runs/{newest}"))
    for task in ("create_clickhouse_databases", "hold_snapshot", "load_order_items", "run_dbt_transformations"):
        expect(page.get_by_role("link", name=task).first).to_be_visible()


def test_the_task_log_shows_what_dbt_said(product: Product, page: Page) -> None:
    log_in_to_airflow(page, product)
    run = list(product.dag_runs())[0]
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}/runs/{run}/tasks/run_dbt_transformations"))
    expect(page.get_by_text("fact_sales").first).to_be_visible()
    expect(page.get_by_text("Completed successfully").first).to_be_visible()
