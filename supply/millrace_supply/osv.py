"""Records of known vulnerabilities in OSV's format, and whether they are about a version."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from millrace_supply.component import ECOSYSTEMS, Component
from millrace_supply.python_packages import normal
from millrace_supply.versions import KEYS

SUFFIXES = (".json", ".yaml", ".yml")
Key = tuple[str, str]


@dataclass(frozen=True)
class Vulnerability:
    """identity and aliases: ids in any database; fixed: versions that have it no more."""

    identity: str
    aliases: frozenset[str]
    summary: str
    modified: str
    fixed: tuple[str, ...]


Known = Mapping[Key, Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]]


def database(paths: Sequence[Path]) -> Known:
    """Each record with what it says of a package, by ecosystem and name. Withdrawn records are left out."""
    known: dict[Key, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = defaultdict(list)
    for record in (record for path in paths for record in records(path)):
        if record.get("withdrawn"):
            continue
        for affected in record.get("affected", ()):
            package = affected.get("package", {})
            ecosystem = package.get("ecosystem", "").partition(":")[0]
            if ecosystem in KEYS:
                known[ecosystem, as_known(ecosystem, package["name"])].append((record, affected))
    return known


def records(path: Path) -> Iterator[Mapping[str, Any]]:
    """The records of a folder, of an archive as OSV exports one, or of a file with one record or a list."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in SUFFIXES and not any(part.startswith(".") for part in file.relative_to(path).parts):
                yield from parsed(file.name, file.read_text("utf-8"))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(SUFFIXES):
                    yield from parsed(name, archive.read(name).decode("utf-8"))
    else:
        yield from parsed(path.name, path.read_text("utf-8"))


def parsed(name: str, text: str) -> Iterator[Mapping[str, Any]]:
    """One record, or those of a list; other documents have none. Of YAML everything is text: a version is no number."""
    found = json.loads(text) if name.endswith(".json") else yaml.load(text, yaml.CBaseLoader)
    yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict))


def as_known(ecosystem: str, name: str) -> str:
    """A package's name as its ecosystem compares it."""
    return normal(name) if ecosystem == "PyPI" else name


def found_in(component: Component, known: Known) -> list[Vulnerability]:
    """What is known against this version."""
    ecosystem = ECOSYSTEMS.get(component.kind, "")
    about = known.get((ecosystem, as_known(ecosystem, component.full_name)), ())
    found = {r["id"]: vulnerability(r, a) for r, a in about if is_affected(component.version, a, ecosystem)}
    return [found[identity] for identity in sorted(found)]


def vulnerability(record: Mapping[str, Any], affected: Mapping[str, Any]) -> Vulnerability:
    """What people need to know of a record."""
    events = [event for each in affected.get("ranges", ()) for event in each.get("events", ())]
    summary = (record.get("summary") or record.get("details") or "").strip().partition("\n")[0]
    fixed = tuple(event["fixed"] for event in events if "fixed" in event and len(event["fixed"]) < 40)
    return Vulnerability(
        record["id"], frozenset(record.get("aliases") or ()), summary, str(record.get("modified", "")), fixed
    )


def is_affected(version: str, affected: Mapping[str, Any], ecosystem: str) -> bool:
    """True when the version is named, or lies in a range of versions (ranges of commits tell nothing)."""
    if version in (affected.get("versions") or ()):
        return True
    key = KEYS[ecosystem]
    return any(
        in_range(version, each.get("events") or (), key)
        for each in affected.get("ranges") or ()
        if each.get("type") in ("ECOSYSTEM", "SEMVER")
    )


def in_range(version: str, events: Sequence[Mapping[str, str]], key: Any) -> bool:
    """OSV's own rule: the last event before or at the version decides."""
    ours, inside = key(version), False
    for event in sorted(events, key=lambda e: position(e, key)):
        kind, at = next(iter(event.items()))
        reached = at == "0" or key(at) <= ours
        if kind == "introduced" and reached:
            inside = True
        elif (kind == "fixed" and reached) or (kind == "last_affected" and key(at) < ours):
            inside = False
    return inside


def position(event: Mapping[str, str], key: Any) -> Any:
    """Where an event stands; what begins at 0 comes first."""
    _, at = next(iter(event.items()))
    return (0, key("0")) if at == "0" else (1, key(at))
