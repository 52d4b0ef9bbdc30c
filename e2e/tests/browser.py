"""What a person does with the mouse and the keyboard before the test's own steps."""

from playwright.sync_api import Page, expect

from product import DAG, Product, eventually

CHROMIUM_FLAGS = [
    f"--{flag}"
    for flag in (
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
    )
]


def log_in_to_airflow(page: Page, product: Product) -> None:
    """Logs in as the administrator and waits for the first page."""
    page.goto(product.url("AIRFLOW_PORT", "/"))
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill("admin")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Dags").first).to_be_visible()


def trigger_dag(page: Page, product: Product, seconds: float) -> str:
    """Triggers the DAG as people do, waits until it has succeeded and returns the run's id."""
    log_in_to_airflow(page, product)
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}"))
    before = product.dag_runs()
    page.get_by_test_id("trigger-dag-button").click()
    page.get_by_role("button", name="Trigger", exact=True).last.click()
    assert eventually(lambda: len(product.dag_runs()) > len(before), 30)
    newest = (set(product.dag_runs()) - set(before)).pop()
    assert eventually(lambda: product.dag_runs()[newest] in ("success", "failed"), seconds)
    assert product.dag_runs()[newest] == "success"
    return newest


def log_in_to_superset(page: Page, product: Product) -> None:
    """Logs in as the administrator and waits for the first page."""
    page.goto(product.url("SUPERSET_PORT", "/login/"))
    page.locator("#username").fill("admin")
    page.locator("#password").fill("admin")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("a[href*='/dashboard/list/']").first).to_be_visible()
