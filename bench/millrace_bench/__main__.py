"""Installs, starts, measures and writes the results: the command behind bench/run.sh."""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from millrace_bench.clickhouse import ClickHouse
from millrace_bench.contestants import Contestant, Dlt, Field, Floor, Loader, Quickhouse, Sling, TableFunction
from millrace_bench.dataset import PARTS, Dataset, chosen_of, datasets
from millrace_bench.machine import facts
from millrace_bench.race import race
from millrace_bench.results import Race
from millrace_bench.servers import servers
from millrace_bench.source import Source
from millrace_bench.values import differing
from millrace_bench.written import Written
from millrace_local.environment import inherited
from millrace_local.install import build_java, install_postgres, install_venv
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.progress import Progress
from millrace_local.steps import Step, run_steps

DATABASES = (Loader.database, TableFunction.database, Quickhouse.database, Sling.database)


def options() -> argparse.Namespace:
    """What bench/run.sh is asked for."""
    names = [*PARTS, *(dataset.name for dataset in datasets(1))]
    parser = argparse.ArgumentParser("bench/run.sh", description="Measures the loader side by side with others.")
    parser.add_argument("--only", action="append", choices=names, help="a part or a dataset; may be repeated")
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies the rows; 0.01 is a try-out")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    parser.add_argument("--slow-runs", type=int, default=2, help="those of sling and dlt (default 2); 0: without them")
    parser.add_argument("--out", type=Path, help="folder of the results (default bench/results, of a try-out another)")
    chosen = parser.parse_args()
    if not 0 < chosen.scale <= 1 or chosen.runs < 1 or chosen.slow_runs < 0:
        parser.error("--scale is above 0 and at most 1, --runs at least 1, --slow-runs at least 0")
    return chosen


def install(layout: Layout, progress: Progress) -> None:
    """Everything that runs here; what is there already stays."""
    locks = {"bench": "bench/requirements.lock", "clickhouse": "clickhouse/embedded/requirements.lock"}
    steps = [
        Step(f"install {name}", partial(install_venv, layout, name, layout.root / lock)) for name, lock in locks.items()
    ]
    steps += [Step("install PostgreSQL", partial(install_postgres, layout))]
    # Two Mavens at once could meet in the same local repository.
    steps += [Step("build the loader", partial(build_java, layout), ("install PostgreSQL",))]
    run_steps(steps, progress)


def output(layout: Layout, chosen: argparse.Namespace) -> Written:
    """Where the results go: into the checkout only when all rows were measured."""
    committed = chosen.scale == 1 and not chosen.out
    folder = chosen.out or (layout.root / "bench/results" if committed else layout.state.parent / "try-out")
    plots = layout.root / "docs/images" if committed else folder
    today = date.today().isoformat()
    return Written(folder.absolute(), plots.absolute() / "loader-linear.svg", today, layout.program("bench", "python"))


def measure(field: Field, written: Written, chosen: argparse.Namespace, progress: Progress) -> list[Race]:
    """Runs all races, one dataset after the other, and takes its data away again."""
    quick: list[Contestant] = [Loader(field), TableFunction(field), Quickhouse(field), Floor(field)]
    contestants = [*quick, Sling(field), Dlt(field)]

    def other_values(contestant: Contestant, dataset: Dataset) -> list[str]:
        if contestant.database is None or contestant.database == Loader.database:
            return []
        return differing(field.clickhouse, Loader.database, contestant.database, dataset.tables)

    machine = facts(field.layout, field.source, field.clickhouse, field.environment)
    if chosen.scale != 1:
        machine["try-out"] = f"{chosen.scale} of the rows: its figures mean nothing"
    races: list[Race] = []
    try:
        for dataset in chosen_of(datasets(chosen.scale), chosen.only or ()):
            with progress.working(f"make {dataset.rows:,} rows: {dataset.title}"):
                field.source.fill(dataset, field.environment)
                for name in DATABASES:
                    field.clickhouse.new_database(name)
            settle = field.clickhouse.come_to_rest
            races.append(race(dataset, contestants, chosen.runs, chosen.slow_runs, progress, settle, other_values))
            written.keep(machine, races)
    finally:
        field.source.empty(field.environment)
        for name in DATABASES:
            field.clickhouse.drop_database(name)
    return races


def field_of(layout: Layout, settings: Mapping[str, str]) -> Field:
    """The servers, folders and environment that all contestants share."""
    source = Source(settings)
    environment = {**inherited(os.environ), **settings, **source.environment, "PYTHONPATH": os.environ["PYTHONPATH"]}
    work, logs = layout.state.parent / "work", layout.install_logs / "bench"
    for folder in (work, logs):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return Field(layout, source, ClickHouse(settings), work, logs, environment)


def main() -> int:
    """Returns 1 when the loader failed on any dataset."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    chosen = options()
    known = Layout.from_environment()
    layout = Layout(known.root, known.home, known.home / "bench/state")
    written, progress = output(layout, chosen), Progress()
    install(layout, progress)
    with servers(layout, progress) as settings:
        field = field_of(layout, settings)
        try:
            races = measure(field, written, chosen, progress)
        finally:
            shutil.rmtree(field.work)
    written.draw(races)
    print(f"\n{written.page.read_text()}\nWritten to {written.page}")
    return 1 if any(each.contestants[Loader.name].failure for each in races) else 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
