"""Runs dbt on the project as its users do, and reads its artifacts."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clickhouse import ROOT, ClickHouse


@dataclass(frozen=True)
class Run:
    """A finished dbt command: its exit code, what it printed, and the status of each node by the node's name."""

    code: int
    output: str
    statuses: dict[str, str]

    def named(self, *statuses: str) -> set[str]:
        return {name for name, status in self.statuses.items() if status in statuses}


class Dbt:
    """The project's dbt against one server, with its artifacts in `target`."""

    def __init__(self, server: ClickHouse, target: Path) -> None:
        self._server = server
        self.target = target

    def run(self, *arguments: str) -> Run:
        project = str(ROOT / "dbt")
        finished = subprocess.run(
            [os.environ["DBT_EXECUTABLE"], *arguments, "--project-dir", project, "--profiles-dir", project],
            env={
                **os.environ,
                **self._server.environment,
                "DBT_TARGET_PATH": str(self.target),
                "DBT_LOG_PATH": str(self.target / "logs"),
            },
            capture_output=True,
            text=True,
        )
        return Run(finished.returncode, finished.stdout + finished.stderr, self._statuses())

    def build(self, pipeline: str) -> Run:
        """Runs what the webhook runs for a pipeline."""
        return self.run("build", "--select", f"path:models/{pipeline}")

    def artifact(self, name: str) -> dict[str, Any]:
        return json.loads((self.target / f"{name}.json").read_text())

    def _statuses(self) -> dict[str, str]:
        path = self.target / "run_results.json"
        if not path.exists():
            return {}
        results = json.loads(path.read_text())["results"]
        path.unlink()
        return {_name(result["unique_id"]): result["status"] for result in results}


def _name(unique_id: str) -> str:
    # test.millrace.unique_stg_orders_order_id.fed79b3a6e: generic tests carry a hash behind their name
    kind, parts = unique_id.split(".")[0], unique_id.split(".")[2:]
    return parts[0] if kind in ("test", "model", "snapshot") else parts[-1]
