"""Leaves out the assets of pipelines that are not switched on: their tables are never made."""

import re
from collections.abc import Mapping
from pathlib import Path

UUID = re.compile(r"^uuid: (\S+)$", re.MULTILINE)
DATASET = re.compile(r"^dataset_uuid: (\S+)$", re.MULTILINE)
TABLE = re.compile(r"^table_name: (\S+)$", re.MULTILINE)
FOLLOW = re.compile(r"^follow\s*:", re.MULTILINE)
# Tables in which followers keep how they go.
OF_FOLLOWERS = {"stream_progress", "stream_counts", "stream_tables", "schema_changes"}


def switched_on(files: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The files without datasets on models of absent pipelines, and without charts and dashboards of those.

    What followers keep is left out, too, where no pipeline is followed.

    environment: MILLRACE_PIPELINES names the folder of pipeline files and DBT_PROJECT_DIR dbt's project; all assets are
    switched on where one of them is not said.
    """
    pipelines, project = environment.get("MILLRACE_PIPELINES"), environment.get("DBT_PROJECT_DIR")
    if not pipelines or not project:
        return dict(files)
    absent = absent_models(Path(project) / "models", Path(pipelines))
    if not any(FOLLOW.search(path.read_text("utf-8", "replace")) for path in Path(pipelines).glob("*.yml")):
        absent |= OF_FOLLOWERS
    off = {path for path, text in of_kind(files, "datasets").items() if first(TABLE, text) in absent}
    datasets = {first(UUID, files[path]) for path in off}
    off |= {path for path, text in of_kind(files, "charts").items() if first(DATASET, text) in datasets}
    charts = {first(UUID, files[path]) for path in off}
    off |= {path for path, text in of_kind(files, "dashboards").items() if any(uuid in text for uuid in charts)}
    return {path: text for path, text in files.items() if path not in off}


def absent_models(models: Path, pipelines: Path) -> set[str]:
    """The names of models in folders that are named by no pipeline file."""
    return {
        model.stem
        for folder in models.iterdir()
        if folder.is_dir() and not (pipelines / f"{folder.name}.yml").exists()
        for model in folder.rglob("*.sql")
    }


def of_kind(files: Mapping[str, str], kind: str) -> dict[str, str]:
    """The files of a folder."""
    return {path: text for path, text in files.items() if path.startswith(f"{kind}/")}


def first(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern finds first; empty when it finds nothing."""
    found = pattern.search(text)
    return found[1] if found else ""
