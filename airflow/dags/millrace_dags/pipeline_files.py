"""Which files of a folder are pipelines."""

from collections.abc import Iterator
from pathlib import Path

CHECKS = ".checks.yml"  # the ending of files that say what check_all_works.sh compares


def pipeline_files(folder: Path) -> Iterator[Path]:
    """The pipeline files of a folder, by name."""
    return (path for path in sorted(folder.glob("*.yml")) if not path.name.endswith(CHECKS))
