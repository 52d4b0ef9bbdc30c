"""What all tests of the DAGs share. Importing Airflow is most of their time, so all run in one process."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
DAGS = ROOT / "airflow/dags"
HOME = tempfile.TemporaryDirectory(prefix="millrace-airflow-")

# Airflow reads its settings while it is imported.
os.environ.update(
    AIRFLOW_HOME=HOME.name,
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="True",
    MILLRACE_RUNTIME="local",
    MILLRACE_PIPELINES=str(ROOT / "pipelines"),
)
