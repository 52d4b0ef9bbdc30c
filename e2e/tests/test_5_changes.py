"""Data and pipelines change under a running product."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from product import Product

NEW_CUSTOMER = """
INSERT INTO customers
VALUES (11, 'Zoë', 'O''Hara', 'zoe@example.com', NULL, 'Ohio', 'Akron', '2025-06-30 23:59:59.999999')
"""


ORDER = "INSERT INTO orders VALUES (%(id)s, 1, '2025-06-01', 'completed', 30)"
ITEMS = """
INSERT INTO order_items
SELECT %(id)s * 10 + item, %(id)s, item, 1, 10, 10 FROM generate_series(1, 3) AS item
"""
HALF_ORDERS = """
SELECT count()
FROM (SELECT order_id, sum(subtotal) AS total FROM raw.order_items GROUP BY order_id) AS items
FULL JOIN raw.orders USING (order_id)
WHERE total != total_amount
"""


@contextmanager
def live_traffic(product: Product) -> Iterator[None]:
    """Orders come in, each in a transaction with its items."""
    ended = Event()

    def shop() -> None:
        with product.source() as source:
            order = 1000
            while not ended.wait(0.005):
                order += 1
                with source.transaction():
                    source.execute(ORDER, {"id": order})
                    source.execute(ITEMS, {"id": order})

    thread = Thread(target=shop)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_the_tables_of_a_run_agree_while_orders_come_in(product: Product) -> None:
    with live_traffic(product):
        product.run_dag()
    assert int(product.in_clickhouse("SELECT count() FROM raw.orders")) > 100
    assert product.in_clickhouse(HALF_ORDERS) == "0"


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
    product.add_suppliers()
    product.run_dag()
    done = product.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert re.search(r"raw\.suppliers +1000 rows", done.stdout)
