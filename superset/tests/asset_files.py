"""The asset files, and dbt's models, as the tests look at them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent.parent
ASSETS = ROOT / "superset/assets"
# As the loader creates millrace.loads.
AUDIT_COLUMNS = frozenset(
    ("run_id", "pipeline", "table", "source", "mode", "started_at", "finished_at")
    + ("rows", "table_rows", "bytes", "replaced", "seconds", "outcome", "sentence")
)

# As followers create theirs.
OF_FOLLOWERS = {
    "stream_progress": "pipeline at state applied lag_seconds lag_bytes slot_bytes waiting_changes",
    "stream_counts": "pipeline at source kind changes",
    "stream_tables": "pipeline source generation storage shape state sentence written_at",
    "schema_changes": "pipeline source change applied answer noticed_at",
}

Asset = dict[str, Any]


@cache
def assets(kind: str) -> dict[str, Asset]:
    """The assets of a kind (charts, dashboards, databases, datasets) by uuid."""
    found = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ASSETS / kind).glob("*.yaml"))]
    return {asset["uuid"]: asset for asset in found}


@cache
def tables() -> dict[str, frozenset[str]]:
    """The columns of every table that a dataset may stand on: dbt's models and the loader's audit table."""
    known = {"millrace.loads": AUDIT_COLUMNS}
    known |= {f"millrace.{name}": frozenset(columns.split()) for name, columns in OF_FOLLOWERS.items()}
    pipelines = yaml.safe_load((ROOT / "dbt/dbt_project.yml").read_text("utf-8"))["models"]["millrace"]
    for path in (ROOT / "dbt/models").rglob("*.yml"):
        database = pipelines.get(path.relative_to(ROOT / "dbt/models").parts[0], {}).get("+schema", "analytics")
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", []):
            known[f"{database}.{model['name']}"] = frozenset(column["name"] for column in model["columns"])
    return known


def table_of(dataset: Asset) -> str:
    """The dataset's table with its database."""
    return f"{dataset['schema']}.{dataset['table_name']}"


def names(dataset: Asset, part: str) -> set[str]:
    """Names of the dataset's columns or metrics."""
    return {entry[f"{part.removesuffix('s')}_name"] for entry in dataset[part]}


def queries(chart: Asset) -> list[Asset]:
    """What the chart asks for."""
    return json.loads(chart["query_context"])["queries"]


def placed_charts(dashboard: Asset) -> Iterator[Asset]:
    """What the dashboard's layout says of each chart on it."""
    for component in dashboard["position"].values():
        if isinstance(component, dict) and component["type"] == "CHART":
            yield component["meta"]


def filters(dashboard: Asset) -> list[Asset]:
    """The dashboard's native filters."""
    return dashboard["metadata"]["native_filter_configuration"]


@cache
def exposures() -> list[Asset]:
    """What dbt knows of the dashboards that use its models."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "dbt/models").rglob("*.yml")]
    return [exposure for file in files for exposure in file.get("exposures", [])]
