"""What is to be reached, and whether it was."""

from millrace_bench.follow.figures import Figures, ReaderFigures
from millrace_bench.targets import Target

MILLRACE = "Millrace, visible in ClickHouse"


def targets(figures: Figures) -> list[Target]:
    """All targets, with what was measured of them."""
    own = figures.readers.get(MILLRACE, ReaderFigures())
    thousand = own.at(1_000)
    p50, p99 = (thousand.percentile(percent) if thousand else None for percent in (50, 99))
    slowness = 1e6 / own.backlog_rate if own.backlog_rate else None
    return [
        Target("1,000 changes/s, half of them within", p50, 80, "ms"),
        Target("1,000 changes/s, 99 in 100 within", p99, 150, "ms"),
        Target("a million rows of a backlog", slowness, 10, "s"),
        Target(f"peak memory of {figures.large_rows:,} rows in a transaction", own.large_peak, 256, "MB"),
        Target("memory when idle", own.idle_resident, 120, "MB"),
        Target("CPU when idle, of a core", own.idle_cpu, 1, "%"),
        Target("the first copy, of loader load's time", figures.copy_ratio, 1.10),
        Target("reads, of those of a plain MergeTree", figures.read_ratio, 1.50),
    ]
