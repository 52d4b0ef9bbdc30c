"""The DAG, whose loads are containers."""

from playwright.sync_api import Page, expect

from browser import trigger_dag
from containers import ContainerProduct
from product import DAG, eventually


def test_the_dag_is_triggered_in_the_browser_and_succeeds(product: ContainerProduct, page: Page) -> None:
    newest = trigger_dag(page, product, 300)
    page.goto(product.url("AIRFLOW_PORT", f"/dags/{DAG}/runs/{newest}/tasks/load_orders"))
    expect(page.get_by_text("table=raw.orders rows=100").first).to_be_visible()
    assert product.loaders() == []


def test_a_killed_task_takes_its_container_with_it(product: ContainerProduct) -> None:
    with product.source() as source, source.transaction():
        # Snapshot and loads wait for this lock, so that they can be killed at work.
        source.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
        run = product.airflow().trigger(DAG)
        assert eventually(lambda: len(product.loaders()) == 5, 120)
        for task in ("load_orders", "load_order_items", "load_customers", "load_products", "hold_snapshot"):
            product.airflow().fail_task(DAG, run, task)
        assert eventually(lambda: product.loaders() == [], 60)


def test_a_pipeline_file_may_name_a_new_table_at_any_time(product: ContainerProduct) -> None:
    product.add_suppliers()
    product.run_dag()
    checked = product.script("check_all_works.sh")
    assert checked.returncode == 0, checked.stdout


def test_airflow_cannot_ask_the_engine_for_anything_else(product: ContainerProduct) -> None:
    answer = product.inside("airflow-scheduler", "curl -s http://docker-gate:2375/info")
    assert "not let through" in answer
    assert "No such file" in product.inside("airflow-scheduler", "ls /var/run/docker.sock 2>&1")
    from_webhook = "python -c 'import socket; socket.gethostbyname(\"docker-gate\")' 2>&1"
    assert "gaierror" in product.inside("webhook", from_webhook)
