"""The end of the day, and the next morning."""

import re
import socket
import urllib.request
from urllib.parse import urlencode

import pytest

from pages import block
from product import PASSWORDS, Product

PAGE = "docs/operations.md"
BACKUP = "~/millrace-backup.tar.gz"


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


def test_a_backup_is_written(product: Product) -> None:
    stop, backup, start = block(PAGE, "Backup", "sh").splitlines()
    assert (stop, start) == ("./stop.sh", "./run.sh")
    product.types(backup.replace(BACKUP, str(product.folder / "backup.tar.gz")))


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


def test_a_dropped_table_is_made_anew(product: Product) -> None:
    drop, load = block(PAGE, "Begin a table anew, remove one, remove the sample", "sh").splitlines()
    before = product.in_clickhouse("SELECT count() FROM raw.order_items")
    login = urlencode({"user": "default", "password": PASSWORDS["CLICKHOUSE_PASSWORD"]})
    statement = re.search("'(.*)'$", drop)
    assert statement
    assert product.answer("CLICKHOUSE_HTTP_PORT", f"/?{login}", statement[1].encode())[0] == 200
    product.types(load)
    assert product.in_clickhouse("SELECT count() FROM raw.order_items") == before


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


def test_a_backup_comes_back_in_another_folder(product: Product) -> None:
    product.state = product.folder / "moved"
    product.types(
        block(PAGE, "Restore, and move to another machine", "sh").replace(BACKUP, str(product.folder / "backup.tar.gz"))
    )
    assert product.in_clickhouse("SELECT count() FROM raw.customers") == "11"
    cleaned = product.script("stop.sh", "--clean", "--yes", timeout=120)
    assert cleaned.returncode == 0, cleaned.stdout
