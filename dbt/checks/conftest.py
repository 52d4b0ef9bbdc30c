"""A server for all tests, filled anew for each module with the sample that it names as SAMPLE."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import raw_data
from clickhouse import ClickHouse
from dbt_project import Dbt


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClickHouse]:
    server = ClickHouse(tmp_path_factory.mktemp("clickhouse"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def dbt(running: ClickHouse, tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    return Dbt(running, tmp_path_factory.mktemp("dbt"))


@pytest.fixture(scope="module")
def server(running: ClickHouse, request: pytest.FixtureRequest) -> ClickHouse:
    raw_data.fill(running, getattr(request.module, "SAMPLE", raw_data.ECOMMERCE))
    return running


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "integration: needs a ClickHouse server and dbt")
