"""Writes what people changed in Superset's UI back into the asset files."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml

from millrace_superset.bundle import ASSETS, CLICKHOUSE
from millrace_superset.client import Client

Asset = dict[str, Any]
# Kept as committed: addresses and times that differ between installations.
KEPT = {CLICKHOUSE: "sqlalchemy_uri"}


def export(client: Client, folder: Path = ASSETS) -> list[str]:
    """Overwrites the asset files, adds those of new objects, removes those of deleted ones. Returns changed paths."""
    known = paths_by_uuid(folder)
    found = [(path_of(asset, path, known), asset) for path, asset in read_zip(client.download("assets/export/"))]
    exported = {path: settle(path, asset, folder) for path, asset in found}
    changed = [path for path, asset in exported.items() if write(folder / path, asset)]
    gone = sorted(set(known.values()) - set(exported))
    for path in gone:
        (folder / path).unlink()
    return sorted(changed) + gone


def read_zip(content: bytes) -> Iterator[tuple[str, Asset]]:
    """Each asset of an export with its path, without the folder that all stand in and without metadata.yaml."""
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            path = name.split("/", 1)[1]
            if path.endswith(".yaml") and path != "metadata.yaml":
                yield path, yaml.safe_load(archive.read(name))


def paths_by_uuid(folder: Path) -> dict[str, str]:
    """Where each asset stands now."""
    assets = {p.relative_to(folder).as_posix(): yaml.safe_load(p.read_text("utf-8")) for p in folder.rglob("*/*.yaml")}
    return {asset["uuid"]: path for path, asset in assets.items()}


def path_of(asset: Asset, exported: str, known: dict[str, str]) -> str:
    """The asset's file: the one it has, else one named after it (an export's own names carry ids of this machine)."""
    title = asset.get("slice_name") or asset.get("dashboard_title") or asset.get("table_name") or Path(exported).stem
    name = re.sub(r"\W+", "_", title.lower()).strip("_")
    return known.get(asset["uuid"], f"{exported.split('/')[0]}/{name}.yaml")


def settle(path: str, asset: Asset, folder: Path) -> Asset:
    """The asset without what only means something on this machine."""
    for key in ("dashboards", "slice_id"):
        (asset.get("params") or {}).pop(key, None)
    for native_filter in (asset.get("metadata") or {}).get("native_filter_configuration", []):
        for key in ("chartsInScope", "tabsInScope"):
            native_filter.pop(key, None)
    if (folder / path).exists():
        keep(path, asset, yaml.safe_load((folder / path).read_text("utf-8")))
    return asset


def keep(path: str, asset: Asset, committed: Asset) -> None:
    """Keeps what is not the UI's to change: the address, and the order of columns and metrics (a database has none)."""
    if path in KEPT:
        asset[KEPT[path]] = committed[KEPT[path]]
    for part, name in (("columns", "column_name"), ("metrics", "metric_name")):
        order = {entry[name]: place for place, entry in enumerate(committed.get(part, ()))}
        if part in asset:
            asset[part].sort(key=lambda entry: order.get(entry[name], len(order)))


def write(path: Path, asset: Asset) -> bool:
    """Writes the file if that changes it."""
    text = yaml.safe_dump(asset, sort_keys=False, allow_unicode=True, width=118)
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True
