"""The results as Markdown."""

from collections.abc import Mapping, Sequence

from millrace_bench.results import BASE, Figures, Race
from millrace_bench.targets import LOADER, Target, targets

NAMED = 5  # columns that a line names
HEAD = f"| | median s | fastest s | of {BASE} | CPU s | peak MB | runs |\n|---|---|---|---|---|---|---|\n"


def report(date: str, machine: Mapping[str, str], races: Sequence[Race]) -> str:
    """The whole page: the machine, the targets, a table a dataset, how cost grows."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in machine.items())
    by_name = {race.name: race for race in races}
    parts = [f"# Benchmark of {date}", f"| | |\n|---|---|\n{facts}"]
    parts += ["## Targets", target_table(targets(by_name)), "## Figures"]
    parts += ["Whole processes, their start included; how each was measured: [README.md](../README.md)."]
    parts += [race_table(race) for race in races]
    growing = sizes(races)
    if growing:
        parts += ["## How cost grows", growth_table(growing), "![seconds by rows](../../docs/images/loader-linear.svg)"]
    return "\n\n".join(parts) + "\n"


def target_table(wanted: Sequence[Target], who: str = LOADER) -> str:
    """A line a target. who: what was measured."""
    lines = [f"| {t.what} | {shown(t.value, t.unit)} | at most {shown(t.most, t.unit)} | {t.verdict} |" for t in wanted]
    return f"| {who} | measured | target | |\n|---|---|---|---|\n" + "\n".join(lines)


def race_table(race: Race) -> str:
    """How each contestant did on one dataset."""
    lines = [line(race, name, figures) for name, figures in race.contestants.items()]
    return f"### {race.rows:,} rows: {race.title}\n\n{HEAD}" + "\n".join(lines)


def line(race: Race, name: str, figures: Figures) -> str:
    """A contestant's line; one that failed says why."""
    cells = [shown(figures.median), shown(figures.fastest), shown(race.ratio(name)), shown(figures.cpu)]
    cells += [shown(figures.peak, digits=0), str(len(figures.runs))]
    if figures.failure:
        cells[-1] += f"; failed: {figures.failure.replace('|', '/')}"
    if figures.differs:
        cells[-1] += f"; other values in {', '.join(figures.differs[:NAMED])}" + (
            "…" if figures.differs[NAMED:] else ""
        )
    return f"| {name} | {' | '.join(cells)} |"


def sizes(races: Sequence[Race]) -> list[Race]:
    """The races over tables that differ in nothing but their size, smallest first; none when there is one size."""
    line = sorted((race for race in races if "linear" in race.parts), key=lambda race: race.rows)
    return line if len(line) > 1 else []


def growth_table(races: Sequence[Race]) -> str:
    """The loader at each size: the same seconds for a million rows at every size mean that cost grows linearly."""
    lines = []
    for race in races:
        figures = race.contestants[LOADER]
        million = figures.median / race.rows * 1e6 if figures.median is not None else None
        cells = [shown(figures.median), shown(million, digits=3), shown(figures.cpu), shown(figures.peak, digits=0)]
        lines.append(f"| {race.rows:,} | {' | '.join(cells)} |")
    return "| rows | median s | s for a million rows | CPU s | peak MB |\n|---|---|---|---|---|\n" + "\n".join(lines)


def shown(value: float | None, unit: str = "", digits: int = 2) -> str:
    """A figure for people; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:.{0 if unit == 'MB' else digits}f}" + (f" {unit}" if unit else "")
