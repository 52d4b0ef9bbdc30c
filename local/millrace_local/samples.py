"""Sample pipelines and sample sources: postgres/init/<pipeline>/ makes the source of the pipeline of that name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from millrace_contract.folder import CHECKS, readable
from millrace_contract.pipeline import Pipeline
from millrace_local.exposed import LOOPBACK
from millrace_local.problem import BAD_CONFIGURATION, Problem
from millrace_local.whole_file import replace_file

SCRIPTS = "postgres/init"
FILES = "pipelines/samples"


@dataclass(frozen=True)
class Sample:
    """A database with sample data on our own PostgreSQL, and the role that owns it; scripts: the folder of its SQL."""

    pipeline: str
    prefix: str
    database: str
    role: str
    password: str
    scripts: Path


def with_data(root: Path, folder: Path) -> Iterator[tuple[Pipeline, Path]]:
    """The pipelines of a folder that have sample data, with the folder of its SQL."""
    for pipeline in readable(folder):
        scripts = root / SCRIPTS / pipeline.name
        if scripts.is_dir():
            yield pipeline, scripts


def sample_defaults(root: Path, folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """What the settings of sample sources are unless said otherwise: a database and a role named by their pipeline."""
    found: dict[str, str] = {}
    for pipeline, _ in with_data(root, folder):
        name, prefix = pipeline.name, pipeline.source_env
        found |= {
            f"{prefix}_HOST": settings.get("POSTGRES_HOST", ""),
            f"{prefix}_PORT": settings.get("POSTGRES_PORT", ""),
            f"{prefix}_DB": f"{name}_db",
            f"{prefix}_USER": name,
            f"{prefix}_PASSWORD": f"{name}123",
        }
    return found


def samples(root: Path, folder: Path, settings: Mapping[str, str]) -> list[Sample]:
    """The sample sources on our own server: those of pipelines whose settings name no other one."""
    ours = (settings["POSTGRES_HOST"], settings["POSTGRES_PORT"])
    if ours[0] not in (*LOOPBACK, settings.get("MILLRACE_BIND")):
        return []
    return [
        Sample(
            pipeline.name,
            prefix := pipeline.source_env,
            settings[f"{prefix}_DB"],
            settings[f"{prefix}_USER"],
            settings[f"{prefix}_PASSWORD"],
            scripts,
        )
        for pipeline, scripts in with_data(root, folder)
        if (settings[f"{pipeline.source_env}_HOST"], settings[f"{pipeline.source_env}_PORT"]) == ours
    ]


def switch_on(root: Path, folder: Path, names: str) -> list[str]:
    """Copies the files of sample pipelines (names, separated by commas) into the folder of pipelines.

    A pipeline that is there already is left as it is. Returns the names of those that are new; raises Problem (exit
    code 2) for a name that is no sample's.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    known = sorted(path.stem for path in (root / FILES).glob("*.yml") if not path.name.endswith(CHECKS))
    if unknown := [name for name in wanted if name not in known]:
        sentence = f"there is no sample pipeline {', '.join(unknown)}."
        raise Problem(sentence, f"Samples are {', '.join(known)}.", BAD_CONFIGURATION)
    new = [name for name in wanted if not (folder / f"{name}.yml").exists()]
    for name in new:
        # The pipeline last: then it has its checks as soon as it is there.
        for ending in (CHECKS, ".yml"):
            copy(root / FILES / f"{name}{ending}", folder / f"{name}{ending}")
    return new


def copy(source: Path, target: Path) -> None:
    """Copies a file, if there is one, in one step."""
    if not source.is_file() or target.exists():
        return
    replace_file(target, source.read_bytes(), 0o644)
