"""The tables that dbt's project builds, as its files describe them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from millrace_superset.problem import Problem


@dataclass(frozen=True)
class Model:
    """A model of dbt's project; folder: below models/; database: of ClickHouse; columns: those that are described."""

    name: str
    folder: str
    database: str
    columns: frozenset[str]

    @property
    def table(self) -> str:
        """Its name with the database."""
        return f"{self.database}.{self.name}"


def read_models(project: Path) -> list[Model]:
    """The described models of a project. Raises Problem where there is no project."""
    file = project / "dbt_project.yml"
    if not file.is_file():
        raise Problem(2, f"There is no dbt project in {project}.", "Name its folder: DBT_PROJECT_DIR.")
    settings = yaml.safe_load(file.read_text("utf-8"))
    folders = (settings.get("models") or {}).get(settings["name"], {})
    return [
        Model(model["name"], folder, database_of(folders, folder), described(model))
        for path in sorted((project / "models").rglob("*.yml"))
        for folder in [path.relative_to(project / "models").parts[0]]
        for model in (yaml.safe_load(path.read_text("utf-8")) or {}).get("models", [])
    ]


def database_of(folders: dict[str, Any], folder: str) -> str:
    """Where the models of a folder are built."""
    settings = folders.get(folder)
    return settings.get("+schema", "analytics") if isinstance(settings, dict) else "analytics"


def described(model: dict[str, Any]) -> frozenset[str]:
    """The names of a model's columns."""
    return frozenset(column["name"] for column in model.get("columns", []))
