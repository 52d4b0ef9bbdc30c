"""What was measured, and the arithmetic on it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Latency:
    """At a rate (changes a second): how long each change took that was looked at, in milliseconds. reached: the rate
    that came about.
    """

    rate: int
    reached: float
    millis: list[float] = field(default_factory=list)

    def percentile(self, percent: int) -> float:
        return percentile(self.millis, percent)


@dataclass
class ReaderFigures:
    """Of one reader. Seconds, rows a second, MB; None: not measured. failure: why there are no more."""

    latencies: list[Latency] = field(default_factory=list)
    backlog_rate: float | None = None
    peak: float | None = None
    large_seconds: float | None = None
    large_peak: float | None = None
    idle_resident: float | None = None
    idle_cpu: float | None = None
    failure: str | None = None

    def at(self, rate: int) -> Latency | None:
        return next((each for each in self.latencies if each.rate == rate), None)


@dataclass
class Reads:
    """Seconds of a query on the followed table and on a plain MergeTree of the same rows."""

    query: str
    followed: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.followed / self.plain


@dataclass
class Figures:
    """Everything. reads: by when they were measured; rows: of the first copy."""

    readers: dict[str, ReaderFigures] = field(default_factory=dict)
    copied_rows: int = 0
    first_copy: list[float] = field(default_factory=list)
    loader: list[float] = field(default_factory=list)
    reads: dict[str, list[Reads]] = field(default_factory=dict)
    large_rows: int = 0
    backlog_rows: int = 0
    materialized: str = "not tried"

    @property
    def copy_ratio(self) -> float | None:
        if not self.first_copy or not self.loader:
            return None
        return statistics.median(self.first_copy) / statistics.median(self.loader)

    @property
    def read_ratio(self) -> float | None:
        """The worst of all moments: the time of all queries together on one against that on the other."""
        ratios = [sum(r.followed for r in each) / sum(r.plain for r in each) for each in self.reads.values() if each]
        return max(ratios, default=None)


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of the values that so many in a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
