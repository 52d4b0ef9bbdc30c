"""The parts of the product, and where each says what it needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PythonPart:
    """lock: its path in the checkout; venv: the environment below .millrace/venv that holds exactly that."""

    name: str
    lock: str
    venv: str


@dataclass(frozen=True)
class JavaPart:
    """module: the folder with its pom.xml; shipped: whether images and the local runtime hold its libraries."""

    name: str
    module: str
    shipped: bool = True


PYTHON = (
    PythonPart("airflow", "airflow/requirements.lock", "airflow"),
    PythonPart("clickhouse", "clickhouse/embedded/requirements.lock", "clickhouse"),
    PythonPart("dbt", "dbt/requirements.lock", "dbt"),
    PythonPart("gate", "docker/gate/requirements.lock", "local"),
    PythonPart("local", "local/requirements.lock", "local"),
    PythonPart("superset", "superset/requirements.lock", "superset"),
)
JAVA = (
    JavaPart("generator", "generator"),
    JavaPart("loader", "loader"),
    JavaPart("stream", "stream"),
    JavaPart("webhook", "webhook"),
)
# Base images, and Postgres' binaries, which Maven Central holds.
RUNTIMES = "runtimes"
NAMES = sorted([part.name for part in (*PYTHON, *JAVA)] + [RUNTIMES])
