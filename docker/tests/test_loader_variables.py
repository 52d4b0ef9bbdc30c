"""The gate, Airflow and the loader know the same variables."""

import ast
import re
from pathlib import Path

from millrace_gate.environment import ENDINGS

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "contract/src/main/java/millrace/contract/settings"
SERVERS = ("PostgresSettings", "PostgresTls", "ClickHouseSettings")
NAME = re.compile(r'prefix \+ "(_[A-Z_]+)"')


def test_what_the_loader_reads_is_let_through() -> None:
    read = {name for file in SERVERS for name in NAME.findall((SETTINGS / f"{file}.java").read_text())}
    assert "_HOST" in read
    assert [name for name in read if not name.endswith(ENDINGS)] == []


def test_what_airflow_hands_on_is_let_through() -> None:
    source = (ROOT / "airflow/dags/millrace_dags/loader_container.py").read_text()
    handed = ast.literal_eval(re.findall(r"^ENDINGS = (\(.*?^\))", source, re.MULTILINE | re.DOTALL)[0])
    assert [name for name in handed if not name.endswith(ENDINGS)] == []
    assert set(ENDINGS) <= set(handed)
