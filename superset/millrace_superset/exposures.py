"""Dashboards as dbt's exposures, so that its docs and `dbt ls` know what stands on a model."""

from pathlib import Path
from typing import Any

import yaml

from millrace_superset.assets import Asset, Assets, table_of
from millrace_superset.models import Model

FILE = "exposures.yml"
HEADER = "# Made from superset/assets by: python -m millrace_superset exposures\n"
URL = "http://127.0.0.1:{{ env_var('SUPERSET_PORT', '8088') }}/superset/dashboard/%s/"


def write_exposures(assets: Assets, models: list[Model], project: Path) -> list[str]:
    """Writes the file of each folder of models, removes those that none is left for. Returns the changed ones."""
    made = exposure_files(assets, models)
    folder = project / "models"
    gone = {str(path.relative_to(folder)) for path in folder.rglob(FILE)} - set(made)
    changed = [name for name, text in made.items() if text != former(folder / name)]
    for name in changed:
        (folder / name).write_text(made[name], "utf-8")
    for name in gone:
        (folder / name).unlink()
    return sorted([*changed, *gone])


def former(path: Path) -> str:
    """What a file says now."""
    return path.read_text("utf-8") if path.is_file() else ""


def exposure_files(assets: Assets, models: list[Model]) -> dict[str, str]:
    """The texts of the files by their path below models/: a dashboard is where all its models are."""
    by_table = {model.table: model for model in models}
    found: dict[str, list[dict[str, Any]]] = {}
    for dashboard in sorted(assets.dashboards.values(), key=lambda asset: str(asset["slug"])):
        asked = dict.fromkeys(table_of(assets.dataset_of(chart)) for chart in assets.charts_of(dashboard))
        used = [by_table[table] for table in asked if table in by_table]
        if used:
            folders = {model.folder for model in used}
            place = f"{folders.pop()}/{FILE}" if len(folders) == 1 else FILE
            found.setdefault(place, []).append(exposure(dashboard, used))
    return {place: HEADER + text({"exposures": exposures}) for place, exposures in sorted(found.items())}


def exposure(dashboard: Asset, used: list[Model]) -> dict[str, Any]:
    """A dashboard as dbt describes what stands on models."""
    return {
        "name": dashboard["slug"].replace("-", "_"),
        "label": dashboard["dashboard_title"],
        "type": "dashboard",
        "maturity": "high" if dashboard["published"] else "low",
        "url": URL % dashboard["slug"],
        "description": dashboard["description"] or "",
        "depends_on": [f"ref('{model.name}')" for model in used],
        "owner": {"name": "Data team"},
    }


def text(document: dict[str, Any]) -> str:
    """As YAML, with lists set in as in the other files of the project."""
    return str(yaml.dump(document, Dumper=Indented, sort_keys=False, allow_unicode=True, width=110))


class Indented(yaml.SafeDumper):
    """Sets the entries of a list below its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
