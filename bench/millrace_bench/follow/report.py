"""The results as Markdown."""

import statistics
from collections.abc import Mapping, Sequence

from millrace_bench.follow.figures import Figures, Reads
from millrace_bench.follow.targets import targets
from millrace_bench.report import shown, target_table


def report(date: str, machine: Mapping[str, str], figures: Figures) -> str:
    """The whole page: the machine, the targets, the readers side by side, the follower alone."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in machine.items())
    parts = [f"# How changes were followed on {date}", f"| | |\n|---|---|\n{facts}"]
    parts += ["## Targets", target_table(targets(figures), "follower")]
    parts += ["## Side by side", latency_table(figures), backlog_table(figures)]
    parts += [f"{name}: {each.failure}" for name, each in figures.readers.items() if each.failure]
    if figures.first_copy:
        parts += ["## The first copy", copy_table(figures)]
    if figures.reads:
        parts += ["## Reads", reads_table(figures.reads)]
    return "\n\n".join(parts) + "\n"


def latency_table(figures: Figures) -> str:
    """A line for each reader and rate; milliseconds from commit."""
    lines = [
        f"| {name} | {each.rate:,} | {each.reached:,.0f} | {each.percentile(50):.0f} | {each.percentile(99):.0f} |"
        f" {max(each.millis):.0f} | {len(each.millis)} |"
        for name, reader in figures.readers.items()
        for each in reader.latencies
        if each.millis
    ]
    head = "| | changes/s wanted | made | p50 ms | p99 ms | longest ms | looked at |\n|---|---|---|---|---|---|---|\n"
    return head + "\n".join(lines)


def backlog_table(figures: Figures) -> str:
    lines = []
    for name, each in figures.readers.items():
        cells = [f"{each.backlog_rate:,.0f}" if each.backlog_rate else "", shown(each.peak, "MB")]
        cells += [shown(each.large_seconds, "s", 1), shown(each.large_peak, "MB"), shown(each.idle_resident, "MB")]
        lines.append(f"| {name} | {' | '.join([*cells, shown(each.idle_cpu, '%')])} |")
    head = f"| | rows/s of a backlog of {figures.backlog_rows:,} | peak memory"
    head += f" | {figures.large_rows:,} rows in a transaction | peak memory | idle: memory | CPU |"
    return f"{head}\n|---|---|---|---|---|---|---|\n" + "\n".join(lines)


def copy_table(figures: Figures) -> str:
    rows = [("the follower, until it follows", figures.first_copy), ("loader load", figures.loader)]
    lines = [f"| {name} | {statistics.median(each):.2f} | {len(each)} |" for name, each in rows if each]
    head = f"| {figures.copied_rows:,} rows in one table, 140,000 in 14 | median s, its start included | runs |"
    head += "\n|---|---|---|\n"
    return head + "\n".join(lines)


def reads_table(reads: Mapping[str, Sequence[Reads]]) -> str:
    lines = [
        f"| {moment} | {each.query} | {1000 * each.followed:.0f} | {1000 * each.plain:.0f} | {each.ratio:.2f} |"
        for moment, all_queries in reads.items()
        for each in all_queries
    ]
    head = "| | query | followed, ms | plain MergeTree, ms | ratio |\n|---|---|---|---|---|\n"
    return head + "\n".join(lines)
