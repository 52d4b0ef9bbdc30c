"""Processes die within their containers and come back."""

import pytest

from containers import ContainerProduct
from product import eventually


@pytest.mark.parametrize(
    ("service", "account"),
    [
        ("clickhouse", "101"),
        ("webhook", "10001"),
        ("docker-gate", "10001"),
        ("superset", "superset"),
        ("airflow-scheduler", "50000"),
        ("postgres", "postgres"),
    ],
)
def test_a_killed_process_comes_back(product: ContainerProduct, service: str, account: str) -> None:
    before = product.started_at(service)
    product.kill_processes(service, account)
    assert eventually(lambda: product.started_at(service) != before, 60)
    assert eventually(lambda: product.status()[service][1] == "healthy", 180)


def test_all_works_after_the_kills(product: ContainerProduct) -> None:
    product.run_dag()
    assert eventually(lambda: product.script("check_all_works.sh").returncode == 0, 120)
