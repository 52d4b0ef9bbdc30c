"""Components of a Java part, as Maven resolved them, and the checksums of the files that are shipped."""

import json
from pathlib import Path

from millrace_local.checksums import checksum, libraries
from millrace_supply.component import Component, component

OWN = "millrace"


def components(document: Path) -> list[Component]:
    """From what cyclonedx-maven-plugin wrote."""
    described = json.loads(document.read_text("utf-8"))["components"]
    return sorted(each for each in map(component, described) if each.group != OWN)


def checksums(folder: Path) -> str:
    """A line a library, as sha256sum writes them."""
    return "".join(f"{checksum(path)}  {path.name}\n" for path in libraries(folder))
