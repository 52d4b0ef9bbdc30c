"""The bills of materials: CycloneDX documents, the same bytes from the same dependencies."""

import json
from collections.abc import Iterable
from pathlib import Path

from millrace_supply.component import Component, component

FOLDER = "supply/sbom"
SPECIFICATION = "1.6"
VERSION = "0.1.0"


def place(root: Path, part: str) -> Path:
    """Where a part's document is."""
    return root / FOLDER / f"{part}.cdx.json"


def write(root: Path, part: str, components: Iterable[Component]) -> None:
    """Writes a part's document."""
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": f"millrace-{part}", "name": part, "group": "millrace"}
            | {"version": VERSION, "licenses": [{"license": {"id": "Apache-2.0"}}]}
        },
        "components": [each.described() for each in components],
    }
    place(root, part).parent.mkdir(parents=True, exist_ok=True)
    place(root, part).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> list[Component]:
    """The components of any CycloneDX document."""
    return [component(each) for each in json.loads(path.read_text("utf-8")).get("components", ())]
