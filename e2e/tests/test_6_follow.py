"""The sample northwind, which is followed: each kind of change arrives, and nothing else."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

from browser import log_in_to_superset
from product import PASSWORDS, PORTS, Product, eventually, free_ports

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds
# The rows of a table as text, one a line, without the help of anything of ours.
HERE = "SELECT string_agg({columns}, E'\\n' ORDER BY {key}) FROM {table}"
THERE = """
SELECT arrayStringConcat(groupArray(line), '\\n')
FROM (SELECT {columns} AS line FROM raw_northwind.{table} ORDER BY {key}) FORMAT TSVRaw
"""
ORDERS = "concat_ws('|', order_id, coalesce(customer_id, '-'), coalesce({text}(shipped_date), '-'))"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product with northwind and nothing else."""
    folder = tmp_path_factory.mktemp("followed")
    (folder / "pipelines").mkdir()
    *ports, own = free_ports(len(PORTS) + 1)
    sample = (ROOT / "pipelines/samples/northwind.yml").read_text()
    (folder / "pipelines/northwind.yml").write_text(sample.replace("port: 5002", f"port: {own}"))
    shutil.copy(ROOT / "pipelines/samples/northwind.checks.yml", folder / "pipelines")
    product = Product(ROOT, folder, dict(zip(PORTS, map(str, ports), strict=True)))
    try:
        product.first_start = product.script("run.sh", "--local", timeout=600)
        yield product
    finally:
        product.script("stop.sh", "--clean", "--yes", timeout=180)
        shutil.rmtree(folder)


@pytest.fixture
def source(followed: Product) -> Iterator[psycopg.Connection]:
    with followed.source("northwind", "northwind123") as connection:
        connection.autocommit = True
        yield connection


def arrives(followed: Product, query: str, expected: str) -> None:
    """Waits until ClickHouse answers this."""
    assert eventually(lambda: followed.in_clickhouse(query) == expected, PATIENCE), followed.in_clickhouse(query)


def cmdline(pid: int) -> bytes:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def settings_of(followed: Product) -> dict[str, str]:
    """Those by which a command by hand finds both servers."""
    source = {"HOST": "127.0.0.1", "PORT": followed.ports["POSTGRES_PORT"], "DB": "northwind_db"}
    source |= {"USER": "northwind", "PASSWORD": "northwind123"}
    target = {"HOST": "127.0.0.1", "USER": "writer", "PASSWORD": PASSWORDS["CLICKHOUSE_WRITER_PASSWORD"]}
    named = {f"NORTHWIND_{key}": value for key, value in source.items()}
    return named | {f"CLICKHOUSE_{key}": value for key, value in target.items()}


def same_orders(followed: Product, source: psycopg.Connection) -> bool:
    here = source.execute(HERE.format(columns=ORDERS.format(text="text"), key="order_id", table="orders")).fetchone()
    there = followed.in_clickhouse(THERE.format(columns=ORDERS.format(text="toString"), key="order_id", table="orders"))
    return here is not None and here[0] == there


def test_all_is_copied_and_followed_and_well(followed: Product) -> None:
    assert followed.first_start.returncode == 0, followed.first_start.stdout
    assert re.search(r"follow-northwind \([\d,]+ rows copied\)", followed.first_start.stdout)
    done = followed.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert re.search(r"follow-northwind +following, ", done.stdout)
    assert followed.status()["follow-northwind"][1] == "healthy"


def test_inserts_updates_deletes_and_new_keys_arrive(followed: Product, source: psycopg.Connection) -> None:
    with source.transaction():
        source.execute("INSERT INTO orders (order_id, customer_id, order_date) VALUES (20001, 'ALTFE', '2026-11-26')")
        source.execute("INSERT INTO order_details VALUES (20001, 1, 18.5, 3, 0.05), (20001, 2, 19.25, 1, 0)")
        source.execute("UPDATE orders SET shipped_date = '2026-11-27' WHERE order_id = 10248")
        source.execute("UPDATE shippers SET shipper_id = 9 WHERE shipper_id = (SELECT max(shipper_id) FROM shippers s"
                       " WHERE NOT EXISTS (SELECT FROM orders WHERE ship_via = s.shipper_id))")  # fmt: skip
        source.execute("DELETE FROM employee_territories WHERE employee_id = 1")
    details = "SELECT sum(quantity) FROM raw_northwind.order_details WHERE order_id = 20001"
    arrives(followed, details, "4")
    arrives(followed, "SELECT count() FROM raw_northwind.employee_territories WHERE employee_id = 1", "0")
    assert eventually(lambda: same_orders(followed, source), PATIENCE)
    source.execute("DELETE FROM order_details WHERE order_id = 20001")
    source.execute("TRUNCATE employee_territories")
    arrives(followed, details, "0")
    arrives(followed, "SELECT count() FROM raw_northwind.employee_territories", "0")


def test_what_is_undone_never_arrives(followed: Product, source: psycopg.Connection) -> None:
    with pytest.raises(ZeroDivisionError), source.transaction():
        source.execute("INSERT INTO region VALUES (77, 'Nowhere')")
        raise ZeroDivisionError
    source.execute("INSERT INTO region VALUES (78, 'Central')")
    arrives(followed, "SELECT count() FROM raw_northwind.region WHERE region_id = 78", "1")
    assert followed.in_clickhouse("SELECT count() FROM raw_northwind.region WHERE region_id = 77") == "0"


def test_what_a_rule_refuses_is_in_quarantine_until_it_is_good(followed: Product, source: psycopg.Connection) -> None:
    shown = "SELECT toString(arraySort(groupArray(order_id))) FROM raw_northwind.orders WHERE order_id > 20010"
    parked = "SELECT count() FROM millrace.quarantine WHERE pipeline = 'northwind' AND source = 'public.orders'"
    order = "INSERT INTO orders (order_id, customer_id, order_date) VALUES (%s, %s, '2026-11-26')"
    source.execute("ALTER TABLE orders DROP CONSTRAINT fk_orders_customers")
    source.execute(order, (20011, "ALTFE"))
    source.execute(order, (20012, "NOONE"))
    with source.transaction():
        source.execute(order, (20013, "ALTFE"))
        source.execute(order, (20014, "NOONE"))
        source.execute("INSERT INTO order_details VALUES (20013, 1, 18.5, 3, 0)")
    arrives(followed, parked, "2")
    arrives(followed, shown, "[20011,20013]")
    arrives(followed, "SELECT sum(quantity) FROM raw_northwind.order_details WHERE order_id = 20013", "3")
    source.execute("UPDATE orders SET customer_id = 'NOONE' WHERE order_id = 20011")
    arrives(followed, shown, "[20013]")
    source.execute("UPDATE orders SET customer_id = 'ALTFE' WHERE order_id = 20012")
    arrives(followed, shown, "[20012,20013]")
    source.execute("INSERT INTO customers (customer_id, company_name) VALUES ('NOONE', 'Someone after all')")
    arrives(followed, shown, "[20011,20012,20013,20014]")
    arrives(followed, parked, "0")
    assert eventually(lambda: same_orders(followed, source), PATIENCE)


def test_schema_changes_of_several_tables_are_followed(followed: Product, source: psycopg.Connection) -> None:
    source.execute("ALTER TABLE customers ADD COLUMN rating integer DEFAULT 7")
    source.execute("ALTER TABLE suppliers RENAME COLUMN homepage TO website")
    source.execute("ALTER TABLE products ALTER COLUMN unit_price TYPE numeric(10,2) USING unit_price * 2")
    source.execute("UPDATE customers SET rating = 8 WHERE customer_id = 'ALTFE'")
    ratings = "SELECT countIf(rating = 7) > 70, countIf(rating = 8) FROM raw_northwind.customers"
    columns = "SELECT count() FROM system.columns WHERE database = 'raw_northwind' AND (table, name) IN"
    arrives(followed, f"{columns} (('customers', 'rating'), ('suppliers', 'website'), ('suppliers', 'homepage'))", "2")
    arrives(followed, ratings, "1\t1")
    whole = source.execute("SELECT sum(unit_price)::text FROM products").fetchone()
    assert whole is not None
    arrives(followed, "SELECT toString(sum(unit_price)) FROM raw_northwind.products", whole[0].rstrip("0").rstrip("."))
    assert int(followed.in_clickhouse("SELECT count() FROM millrace.schema_changes")) >= 3


def test_a_stream_goes_on_after_it_was_killed(followed: Product, source: psycopg.Connection) -> None:
    for pid in followed.processes():
        if b"stream.jar" in cmdline(pid):
            os.kill(pid, signal.SIGKILL)
    source.execute("INSERT INTO region VALUES (79, 'Border')")
    arrives(followed, "SELECT count() FROM raw_northwind.region WHERE region_id = 79", "1")


def test_the_dashboards_show_it(followed: Product, page: Page) -> None:
    log_in_to_superset(page, followed)
    for slug, charts, chart in (("northwind-live", 15, "Orders placed"), ("change-data", 13, "Rows copied")):
        page.goto(followed.url("SUPERSET_PORT", f"/superset/dashboard/{slug}/"))
        expect(page.locator('[data-test="slice-container"]')).to_have_count(charts)
        expect(page.locator(f'[data-test-chart-name="{chart}"]')).to_contain_text(re.compile(r"\d"))
        expect(page.get_by_text(re.compile("Unexpected error|Error:"))).to_have_count(0)


def test_every_value_is_the_sources(followed: Product, source: psycopg.Connection) -> None:
    done = followed.script("check_all_works.sh")
    assert re.search(r"✓ raw_northwind.orders ", done.stdout), done.stdout
    assert eventually(lambda: same_orders(followed, source), PATIENCE)
    compared = subprocess.run(
        [ROOT / "stream/bin/follow", "verify", "--pipeline", "northwind"],
        env=followed.environment() | settings_of(followed),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert compared.returncode == 0, compared.stdout + compared.stderr
