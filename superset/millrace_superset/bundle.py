"""The asset files as Superset's importer wants them."""

import re
from collections.abc import Mapping
from pathlib import Path

from millrace_superset.problem import Problem

ASSETS = Path(__file__).parent.parent / "assets"
CLICKHOUSE = "databases/ClickHouse.yaml"
URI_LINE = re.compile(r"^sqlalchemy_uri: .*$", re.MULTILINE)


def read_bundle(folder: Path = ASSETS) -> dict[str, str]:
    """Every YAML file's text by its path inside the folder. Raises Problem when one that must be there is not."""
    files = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    for needed in ("metadata.yaml", CLICKHOUSE):
        if needed not in files:
            raise Problem(2, f"The asset file {needed} is missing.", "Restore superset/assets from the repository.")
    return files


def connect_bundle(files: Mapping[str, str], uri: str) -> dict[str, str]:
    """The same files with the ClickHouse connection pointing at this address."""
    return {**files, CLICKHOUSE: URI_LINE.sub(lambda _: f"sqlalchemy_uri: {uri}", files[CLICKHOUSE])}
