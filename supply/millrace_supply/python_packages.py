"""Components of a Python part: what its lock says, with the licenses that its environment knows."""

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from pathlib import Path

from millrace_supply.component import Component

PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
LONGEST_NAME = 60  # characters; a longer "name" is the text of the license itself


def normal(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages(lock: Path) -> dict[str, str]:
    """Version by name."""
    return {normal(name): version for name, version in PINNED.findall(lock.read_text("utf-8"))}


def components(lock: Path, site: Path | None) -> list[Component]:
    """site: where the packages are installed; None: licenses are unknown."""
    known = dict(licenses(site)) if site else {}
    return sorted(Component("pypi", "", name, version, known.get(name, ())) for name, version in packages(lock).items())


def licenses(site: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each installed package's name and licenses."""
    for path in sorted(site.glob("*.dist-info/METADATA")):
        told = message_from_string(path.read_text("utf-8", "replace"))
        yield normal(told["Name"]), licenses_of(told)


def licenses_of(told: Message) -> tuple[str, ...]:
    """The expression where there is one, else what the author classified it as, else what he called it."""
    if expression := told["License-Expression"]:
        return (expression,)
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier", []) if c.startswith("License ::")]
    named = (told["License"] or "").strip()
    if named and "\n" not in named and len(named) <= LONGEST_NAME and named.upper() != "UNKNOWN":
        return tuple(dict.fromkeys([named])) if not classified or "OSI Approved" in classified else tuple(classified)
    return tuple(name for name in classified if name != "OSI Approved")
