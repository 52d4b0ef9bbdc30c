"""Data and pipelines change under a running product."""

import re

from product import Product, eventually

NEW_CUSTOMER = """
INSERT INTO customers
VALUES (11, 'Zoë', 'O''Hara', 'zoe@example.com', NULL, 'Ohio', 'Akron', '2025-06-30 23:59:59.999999')
"""


def test_wrong_data_turns_the_check_red_and_a_new_run_green(product: Product) -> None:
    with product.source() as source:
        source.execute(NEW_CUSTOMER)
    red = product.script("check_all_works.sh")
    assert red.returncode == 1
    assert "raw.customers" in next(line for line in red.stdout.splitlines() if line.startswith("✗"))
    product.run_dag()
    green = product.script("check_all_works.sh")
    assert green.returncode == 0, green.stdout


def test_a_table_added_to_the_pipeline_file_is_loaded(product: Product) -> None:
    with product.source() as source:
        source.execute("CREATE TABLE suppliers (supplier_id integer PRIMARY KEY, name text NOT NULL)")
        source.execute("INSERT INTO suppliers SELECT n, 'supplier ' || n FROM generate_series(1, 1000) n")
    path = product.pipelines / "ecommerce.yml"
    path.write_text(path.read_text().replace("  - name: order_items\n", "  - name: order_items\n  - name: suppliers\n"))
    assert eventually(lambda: "load_suppliers" in product.dag_tasks(), 60)
    product.run_dag()
    done = product.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert re.search(r"raw\.suppliers +1000 rows", done.stdout)
