"""./run.sh on a machine that has nothing running."""

import re
import subprocess

from product import COUNTS, Product, open_doors

CLASSES_LEFT_OUT = 10  # some ten milliseconds; a list that lacks more is to be renewed


def test_the_first_start_ends_with_a_table(product: Product) -> None:
    out = product.first_start.stdout
    assert product.first_start.returncode == 0, out
    for table, rows in COUNTS.items():
        assert re.search(rf"\b{table} +{rows} rows", out), out
    for port in ("SUPERSET_PORT", "AIRFLOW_PORT", "WEBHOOK_PORT"):
        assert product.url(port) in out
    assert "admin / admin" in out


def test_a_second_start_is_quick_and_harmless(product: Product) -> None:
    before = product.status()
    again = product.script("run.sh", timeout=60)
    assert again.returncode == 0, again.stdout
    assert product.status().keys() == before.keys()
    assert {n: s[2] for n, s in product.status().items()} == {n: s[2] for n, s in before.items()}


def test_a_load_starts_from_classes_read_ahead_of_time(product: Product) -> None:
    done = subprocess.run(
        [product.root / "loader/bin/list-classes", "--missing", "--pipeline", "ecommerce"],
        env=product.loader_settings(),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    missing = done.stdout.splitlines()
    assert len(missing) <= CLASSES_LEFT_OUT, f"Run loader/bin/list-classes, which renews the list: {missing}"


def test_all_works(product: Product) -> None:
    done = product.script("check_all_works.sh")
    assert done.returncode == 0, done.stdout
    assert "0 failed" in done.stdout


def test_every_door_is_shut(product: Product) -> None:
    done = product.script("check_all_works.sh", "--security")
    assert "Airflow with a wrong password" in done.stdout, done.stdout
    assert open_doors(done.stdout) == []
