"""The end of the day, and the next morning."""

import re
import socket
import urllib.request

import pytest

from product import Product


def test_stop_leaves_no_process_and_no_taken_port_and_keeps_the_data(product: Product) -> None:
    stopped = product.script("stop.sh", timeout=120)
    assert stopped.returncode == 0, stopped.stdout
    assert product.processes() == []
    for port in product.ports:
        with pytest.raises(OSError):
            urllib.request.urlopen(product.url(port), timeout=2)
    assert product.clickhouse_data.is_dir()
    assert product.script("stop.sh").returncode == 0
    check = product.script("check_all_works.sh")
    assert check.returncode == 3
    assert "Millrace is not running" in check.stdout


def test_a_taken_port_is_named_before_anything_starts(product: Product) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int(product.ports["WEBHOOK_PORT"])))
        taken.listen()
        refused = product.script("run.sh")
    assert refused.returncode == 2
    assert f"{product.ports['WEBHOOK_PORT']} (WEBHOOK_PORT)" in refused.stdout
    assert product.processes() == []


def test_a_broken_pipeline_file_is_named_at_start(product: Product) -> None:
    path = product.pipelines / "ecommerce.yml"
    text = path.read_text()
    path.write_text(text + "colour: red\n")
    try:
        refused = product.script("run.sh", timeout=240)
    finally:
        path.write_text(text)
    assert refused.returncode == 2, refused.stdout
    assert "colour" in refused.stdout


def test_a_warm_start_finds_its_data(product: Product) -> None:
    warm = product.script("run.sh", timeout=240)
    assert warm.returncode == 0, warm.stdout
    assert re.search(r"\bcustomers +11 rows", warm.stdout), warm.stdout
    check = product.script("check_all_works.sh")
    assert check.returncode == 0, check.stdout


def test_clean_wants_to_be_asked(product: Product) -> None:
    refused = product.script("stop.sh", "--clean")
    assert refused.returncode == 2
    assert "--yes" in refused.stdout
    assert product.status()["postgres"][1] == "healthy"


def test_clean_removes_all_data(product: Product) -> None:
    cleaned = product.script("stop.sh", "--clean", "--yes", timeout=120)
    assert cleaned.returncode == 0, cleaned.stdout
    assert product.processes() == []
    assert not product.clickhouse_data.exists()
