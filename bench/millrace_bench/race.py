"""Lets contestants run in turns, so that a machine whose speed drifts treats all alike."""

from collections.abc import Callable, Sequence

from millrace_bench.contestants import Contestant
from millrace_bench.dataset import Dataset
from millrace_bench.process import Failed, Usage
from millrace_bench.results import Figures, Race
from millrace_local.progress import Progress


def race(
    dataset: Dataset,
    contestants: Sequence[Contestant],
    runs: int,
    slow_runs: int,
    progress: Progress,
    settle: Callable[[], None],
    differing: Callable[[Contestant, Dataset], list[str]],
) -> Race:
    """Runs every contestant; one that fails is out. The first turn warms up and does not count.

    settle() returns when the servers have nothing left to do of the run before; differing() names the columns whose
    values are others than the loader's, and is asked once.
    """
    counts = {each.name: slow_runs if each.slow else runs for each in contestants if dataset.everyone or not each.slow}
    racing = [each for each in contestants if counts.get(each.name)]
    figures = {each.name: Figures() for each in racing}
    for turn in range(max(counts.values()) + 1):
        for each in racing:
            own = figures[each.name]
            first = 1 if each.slow else 0
            if own.failure or not first <= turn <= counts[each.name]:
                continue
            try:
                usage = one_run(each, dataset, settle)
                if turn == first:
                    own.differs = differing(each, dataset)
            except Failed as failed:
                own.failure = str(failed)
                progress.line("✗", f"{dataset.name}: {each.name}: {failed}", colour=31)
                continue
            if turn > 0:
                own.runs.append(usage)
            progress.line("✓", f"{dataset.name}: {each.name}: {usage.seconds:.2f} s" + ("" if turn else " (warm-up)"))
    return Race(dataset.name, dataset.title, dataset.rows, dataset.parts, figures)


def one_run(contestant: Contestant, dataset: Dataset, settle: Callable[[], None]) -> Usage:
    """One run; raises Failed also when other rows have arrived than there are."""
    contestant.prepare(dataset)
    settle()
    usage = contestant.run(dataset)
    copied = contestant.rows(dataset)
    if copied != dataset.rows:
        raise Failed(f"it copied {copied:,} of {dataset.rows:,} rows")
    return usage
