"""The asset files as objects: dashboards, charts and datasets, joined by uuid."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from millrace_superset.bundle import ASSETS

Asset = dict[str, Any]


@dataclass(frozen=True)
class Assets:
    """Every asset of a folder, by uuid."""

    databases: dict[str, Asset]
    dashboards: dict[str, Asset]
    charts: dict[str, Asset]
    datasets: dict[str, Asset]

    def charts_of(self, dashboard: Asset) -> Iterator[Asset]:
        """The charts that a dashboard places, without those that are no asset."""
        placed = (meta["uuid"] for meta in placed_charts(dashboard))
        return (self.charts[uuid] for uuid in placed if uuid in self.charts)

    def dataset_of(self, chart: Asset) -> Asset:
        """What a chart asks."""
        dataset: Asset = self.datasets[chart["dataset_uuid"]]
        return dataset


def read_assets(folder: Path = ASSETS) -> Assets:
    """Reads a folder of assets, as an export of Superset has it."""
    return Assets(*(of_kind(folder / kind) for kind in ("databases", "dashboards", "charts", "datasets")))


def of_kind(folder: Path) -> dict[str, Asset]:
    """The assets of a folder's files by uuid."""
    found = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return {asset["uuid"]: asset for asset in found}


def table_of(dataset: Asset) -> str:
    """The dataset's table with its database."""
    return f"{dataset['schema']}.{dataset['table_name']}"


def names(dataset: Asset, part: str) -> set[str]:
    """Names of the dataset's columns or metrics."""
    return {entry[f"{part.removesuffix('s')}_name"] for entry in dataset[part]}


def queries(chart: Asset) -> list[Asset]:
    """What the chart asks for."""
    asked: list[Asset] = json.loads(chart["query_context"])["queries"]
    return asked


def placed_charts(dashboard: Asset) -> Iterator[Asset]:
    """What the dashboard's layout says of each chart on it."""
    for component in dashboard["position"].values():
        if isinstance(component, dict) and component["type"] == "CHART":
            yield component["meta"]


def filters(dashboard: Asset) -> list[Asset]:
    """The dashboard's native filters."""
    found: list[Asset] = dashboard["metadata"].get("native_filter_configuration", [])
    return found
