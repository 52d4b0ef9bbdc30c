"""What the contract takes from a pipeline file is what Airflow takes."""

import json
from pathlib import Path

import pytest
from croniter import croniter

from conftest import AIRFLOW
from millrace_contract.cron import PRESETS, is_schedule
from millrace_dags.pipeline_folder import configured_folder

CASES = sorted((AIRFLOW.parent / "contract/cases").glob("*.json"))
FIELDS = [
    "0",
    "59",
    "60",
    "7",
    "8",
    "1-5",
    "5-1",
    "*/5",
    "*/0",
    "1,2",
    "",
    "mon",
    "jan",
    "15w",
    "l",
    "l5",
    "1#1",
    "1#6",
]


def schedules() -> list[str]:
    found = [
        f"{' '.join(['*'] * at)} {field} {' '.join(['*'] * (4 - at))}".strip() for at in range(5) for field in FIELDS
    ]
    cases = [json.loads(path.read_text()) for path in CASES]
    return [*found, *(case["dag"]["schedule"] for case in cases if "schedule" in case.get("dag", {}))]


@pytest.mark.parametrize("schedule", schedules())
def test_no_schedule_is_taken_that_airflow_refuses(schedule: str) -> None:
    if is_schedule(schedule) and schedule not in PRESETS:
        assert croniter.is_valid(schedule)


def test_a_missing_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MILLRACE_PIPELINES", str(tmp_path / "nowhere"))
    with pytest.raises(ValueError, match="MILLRACE_PIPELINES must name .* but is '.*nowhere'"):
        configured_folder()
