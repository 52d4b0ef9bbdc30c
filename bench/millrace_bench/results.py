"""What was measured, and the arithmetic on it."""

import statistics
from dataclasses import dataclass, field

from millrace_bench.process import Usage

BASE = "postgresql()"


@dataclass
class Figures:
    """The counted runs of one contestant on one dataset. failure: why there are no more, None when all went well;
    differs: the columns whose values are others than the loader's.
    """

    runs: list[Usage] = field(default_factory=list)
    failure: str | None = None
    differs: list[str] = field(default_factory=list)

    @property
    def median(self) -> float | None:
        """Seconds."""
        return statistics.median(run.seconds for run in self.runs) if self.runs else None

    @property
    def fastest(self) -> float | None:
        """Seconds."""
        return min((run.seconds for run in self.runs), default=None)

    @property
    def cpu(self) -> float | None:
        """CPU seconds, the median."""
        seconds = [run.cpu for run in self.runs if run.cpu is not None]
        return statistics.median(seconds) if seconds else None

    @property
    def peak(self) -> float | None:
        """MB, the most of all runs."""
        return max((run.peak for run in self.runs if run.peak is not None), default=None)


@dataclass
class Race:
    """One dataset and how each contestant did on it."""

    name: str
    title: str
    rows: int
    parts: tuple[str, ...]
    contestants: dict[str, Figures]

    def ratio(self, name: str, base: str = BASE) -> float | None:
        """A contestant's median against another's; None where one of the two has none."""
        own, other = (self.contestants.get(each, Figures()).median for each in (name, base))
        return own / other if own is not None and other else None
