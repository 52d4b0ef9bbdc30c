"""What all tests of the DAGs share. Importing Airflow is most of their time, so all run in one process."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

AIRFLOW = Path(__file__).parents[1]
DAGS = AIRFLOW / "dags"
HOME = tempfile.TemporaryDirectory(prefix="millrace-airflow-")

# Airflow reads its settings while it is imported.
os.environ.update(
    AIRFLOW_HOME=HOME.name,
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(AIRFLOW / "plugins"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="True",
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{HOME.name}/airflow.db",
    MILLRACE_RUNTIME="local",
    MILLRACE_PIPELINES=str(AIRFLOW.parent / "pipelines"),
    DBT_PROJECT_DIR=str(AIRFLOW.parent / "dbt"),
)
sys.path[:0] = [str(DAGS), str(AIRFLOW.parent / "contract"), str(AIRFLOW / "config"), str(AIRFLOW / "plugins")]


SERVERS = "source: {env: SHOP}\ntarget: {env: CLICKHOUSE}\n"


def pytest_configure(config: pytest.Config) -> None:
    """Makes our markers known."""
    config.addinivalue_line("markers", "integration: takes seconds of computing")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a bash script the loader."""

    def make(body: str) -> Path:
        path = tmp_path / "loader"
        path.write_text(f"#!/usr/bin/env bash\n{body}\n")
        path.chmod(0o755)
        monkeypatch.setenv("MILLRACE_LOADER", str(path))
        return path

    return make


@pytest.fixture
def pipelines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of pipeline files."""
    folder = tmp_path / "pipelines"
    folder.mkdir()
    monkeypatch.setenv("MILLRACE_PIPELINES", str(folder))
    return folder


@pytest.fixture
def said() -> Iterator[Callable[[], list[str]]]:
    """Tells the lines of the task's log so far."""
    with structlog.testing.capture_logs() as entries:
        yield lambda: [entry["event"] % entry.get("positional_args", ()) for entry in entries]
