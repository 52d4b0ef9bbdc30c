"""What is wrong with a file, told with its line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

MAX_PROBLEMS = 50  # told of one file: more are not read by anybody
MAX_QUOTED = 100  # characters of what a file says


@dataclass(frozen=True, order=True)
class Problem:
    """line: counted from 1; code: in kebab-case, as the Java reader has it; hint: what to do, where that is known."""

    line: int
    code: str
    sentence: str
    hint: str = ""

    def told(self, path: Path) -> str:
        """As one line: folder/file:line, the sentence and the hint."""
        return f"{path.parent.name}/{path.name}:{self.line}: {' '.join(filter(None, (self.sentence, self.hint)))}"


class PipelineProblems(ValueError):
    """One sentence a line."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__("\n".join(sentences))


@dataclass
class Problems:
    """Collects what is wrong with a file, so that all of it is said at once."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, sentence: str, hint: str = "") -> None:
        """Notes a problem; not more than anybody reads."""
        if not self.are_many:
            self.found.append(Problem(line, code, sentence, hint))

    @property
    def are_many(self) -> bool:
        """Whether nothing more will be told."""
        return len(self.found) >= MAX_PROBLEMS

    def refuse(self) -> None:
        """Raises PipelineProblems that tells all problems in the order of the file; does nothing without any."""
        if self.found:
            raise PipelineProblems(problem.told(self.path) for problem in sorted(self.found))


def suggestion(known: Iterable[str], name: str) -> str:
    """A hint: the most similar of the known words, or all of them when none is similar."""
    words = sorted(known)
    near = get_close_matches(name, words, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(words)}."


def quote(text: str) -> str:
    """What a file says, in double quotes and no longer than anybody reads."""
    return f'"{text if len(text) <= MAX_QUOTED else text[:MAX_QUOTED] + "…"}"'
