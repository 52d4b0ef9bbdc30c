"""What is to be reached, and whether it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from millrace_bench.results import Race

LOADER = "loader"
FLOOR = "psql COPY > /dev/null"


@dataclass(frozen=True)
class Target:
    """value: what was measured, None when it was not; most: what it may be."""

    what: str
    value: float | None
    most: float
    unit: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        return "reached" if self.value <= self.most else "MISSED"


def targets(races: Mapping[str, Race]) -> list[Target]:
    """All targets, with what these races (by the dataset's name) say of them."""
    items, impressions = "order_items_10m", "impressions_1m"
    return [
        Target("10M order items, of postgresql()'s time", ratio(races, items, "postgresql()"), 0.75),
        Target("10M order items, of sling's time", ratio(races, items, "sling"), 0.10),
        Target("10M order items, of the psql floor", ratio(races, items, FLOOR), 1.00),
        Target("1M impressions, of postgresql()'s time", ratio(races, impressions, "postgresql()"), 1.10),
        Target("a sync of the ads, of postgresql()'s time", ratio(races, "ads", "postgresql()"), 1.20),
        Target("a table of 10 rows", seconds(races, "small"), 0.25, "s"),
        Target("the loader's peak memory, all datasets", highest_peak(races), 256, "MB"),
        Target("peak memory of 10M rows, of that of 1M rows", growth(races, "order_items_1m", items), 1.10),
    ]


def ratio(races: Mapping[str, Race], dataset: str, base: str) -> float | None:
    """The loader's time against another's."""
    return races[dataset].ratio(LOADER, base) if dataset in races else None


def seconds(races: Mapping[str, Race], dataset: str) -> float | None:
    """The loader's median."""
    return races[dataset].contestants[LOADER].median if dataset in races else None


def highest_peak(races: Mapping[str, Race]) -> float | None:
    """The loader's peak memory (MB) over all races."""
    peaks = (race.contestants[LOADER].peak for race in races.values())
    return max((peak for peak in peaks if peak is not None), default=None)


def growth(races: Mapping[str, Race], small: str, large: str) -> float | None:
    """How much more memory the loader takes for one dataset than for another, whichever takes more."""
    one, other = (races[name].contestants[LOADER].peak if name in races else None for name in (small, large))
    return max(one, other) / min(one, other) if one and other else None
