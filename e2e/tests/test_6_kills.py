"""Processes die and come back."""

import os
import signal

import pytest

from product import Product, eventually


@pytest.mark.parametrize(
    "name",
    [
        "clickhouse",
        "webhook",
        "superset",
        "airflow-dag-processor",
        "airflow-api-server",
        "airflow-scheduler",
        "postgres",
    ],
)
def test_a_killed_process_comes_back(product: Product, name: str) -> None:
    pid = product.status()[name][2]
    os.kill(int(pid), signal.SIGKILL)
    assert eventually(lambda: product.status()[name][2] not in ("", pid), 60)
    assert eventually(lambda: product.status()[name][1] == "healthy", 120)


def test_all_works_after_the_kills(product: Product) -> None:
    assert eventually(lambda: product.script("check_all_works.sh").returncode == 0, 90)
