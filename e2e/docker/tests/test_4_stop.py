"""The end of the day, and the next morning."""

import re

from containers import ContainerProduct


def test_stop_removes_the_containers_and_keeps_the_data(product: ContainerProduct) -> None:
    stopped = product.script("stop.sh", timeout=180)
    assert stopped.returncode == 0, stopped.stdout
    assert product.objects("container") == []
    assert product.objects("network") == []
    assert len(product.objects("volume")) == 7
    assert product.script("stop.sh").returncode == 0
    status = product.script("run.sh", "--status")
    assert status.returncode == 1
    assert "healthy" not in status.stdout


def test_a_warm_start_finds_its_data(product: ContainerProduct) -> None:
    warm = product.script("run.sh", timeout=600)
    assert warm.returncode == 0, warm.stdout
    assert re.search(r"\bsuppliers +1000 rows", warm.stdout), warm.stdout


def test_clean_removes_everything(product: ContainerProduct) -> None:
    refused = product.script("stop.sh", "--clean")
    assert refused.returncode == 2
    cleaned = product.script("stop.sh", "--clean", "--yes", timeout=180)
    assert cleaned.returncode == 0, cleaned.stdout
    for kind in ("container", "network", "volume"):
        assert product.objects(kind) == []
