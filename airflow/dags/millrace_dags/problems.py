"""What is wrong with pipeline files, told with file and line."""

from collections.abc import Iterable
from pathlib import Path


class PipelineProblems(ValueError):
    """One sentence a line."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__("\n".join(sentences))


def place(path: Path, line: int) -> str:
    """The way problems name a line: folder/file:line. line: counted from 0, as the YAML parser does."""
    return f"{path.parent.name}/{path.name}:{line + 1}"
