"""README's "Bring your own Postgres", followed as it is written: from no pipeline to green checks."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pages import block
from product import PORTS, Product, free_ports

ROOT = Path(__file__).parents[2]
TABLES = """
CREATE TABLE orders (order_id integer PRIMARY KEY, placed_at timestamptz NOT NULL, total numeric(10, 2));
INSERT INTO orders SELECT n, now(), n * 1.5 FROM generate_series(1, 1000) n;
CREATE TABLE "Odd name" (x text);
CREATE ROLE millrace LOGIN PASSWORD 'the password';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO millrace;
"""


@pytest.fixture(scope="module")
def owner(product: Product) -> Iterator[dict[str, str]]:
    """A database that Millrace knows nothing of, with a role that reader.sql made; the settings that name it."""
    with product.source() as source:
        source.execute("CREATE DATABASE shop")
    place = {"host": "127.0.0.1", "port": product.ports["POSTGRES_PORT"], "dbname": "shop"}
    keys = (product.state / "secrets.env").read_text()
    password = re.search(r"^MILLRACE_DB_ADMIN_KEY=(.*)$", keys, re.MULTILINE)
    assert password
    with psycopg.connect(**place, user="millrace_admin", password=password[1], autocommit=True) as admin:
        admin.execute(TABLES)
    settings = dict(line.split("=", 1) for line in block("README.md", "Bring your own Postgres", "sh").splitlines())
    assert settings["SHOP_PORT"] == "5432"
    yield settings | {"SHOP_PORT": place["port"], "SHOP_PASSWORD": settings["SHOP_PASSWORD"].strip("'")}


@pytest.fixture(scope="module")
def own(owner: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A second product, with the pipeline of the README and no other."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "pipelines").mkdir()
    (folder / "pipelines/shop.yml").write_text(block("README.md", "Bring your own Postgres", "yaml"))
    (folder / "pipelines/shop.checks.yml").write_text(block("README.md", "Add a pipeline", "yaml"))
    ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    product = Product(ROOT, folder, ports | owner)
    try:
        product.first_start = product.script("run.sh", "--local", timeout=600)
        yield product
    finally:
        product.script("stop.sh", "--clean", "--yes", timeout=180)
        shutil.rmtree(folder)


def test_the_database_is_loaded(own: Product) -> None:
    assert own.first_start.returncode == 0, own.first_start.stdout
    assert re.search(r"raw_shop\.orders +1000 rows", own.first_start.stdout)
    assert "sample data" not in own.first_start.stdout


def test_all_works(own: Product) -> None:
    done = own.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert re.search(r"raw_shop\.Odd name", done.stdout)
    assert re.search(r"orders total +750750", done.stdout)
