"""Starts, measures and writes the results: the command behind bench/run.sh follow."""

import argparse
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from millrace_bench.__main__ import field_of, install
from millrace_bench.contestants import Field
from millrace_bench.follow import measures
from millrace_bench.follow.figures import Figures, ReaderFigures
from millrace_bench.follow.readers import Debezium, Materialized, Millrace, Reader
from millrace_bench.follow.workload import ITEM_ROWS, Workload
from millrace_bench.follow.written import Written
from millrace_bench.machine import facts
from millrace_bench.process import Failed
from millrace_bench.servers import servers
from millrace_local.command import run_logged
from millrace_local.install import tools_environment
from millrace_local.layout import Layout
from millrace_local.outcome import exit_code
from millrace_local.progress import Progress
from millrace_local.steps import Step, run_steps

RATES = (100, 1_000, 5_000, 10_000)
LARGE_ROWS, BACKLOG_ROWS = 5_000_000, 2_000_000
PARTS = ("copy", "idle", "latency", "backlog", "large", "reads")


def options() -> argparse.Namespace:
    """What bench/run.sh follow is asked for."""
    parser = argparse.ArgumentParser("bench/run.sh follow", description="Measures how changes are followed.")
    parser.add_argument("--only", action="append", choices=PARTS, help="a part; may be repeated")
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies rows and seconds; 0.01 is a try-out")
    parser.add_argument("--alone", action="store_true", help="without Debezium and MaterializedPostgreSQL")
    parser.add_argument("--out", type=Path, help="folder of the results (default bench/results, of a try-out another)")
    chosen = parser.parse_args()
    if not 0 < chosen.scale <= 1:
        parser.error("--scale is above 0 and at most 1")
    chosen.parts = chosen.only or PARTS
    return chosen


def build(layout: Layout) -> str:
    """The follower, and the program that runs Debezium's connector."""
    for name, where in (("follower", ["-pl", "stream", "-am"]), ("Debezium", ["-f", "bench/debezium/pom.xml"])):
        maven = ["mvn", "-q", "-B", "-ntp", "-DskipTests", *where, "package"]
        log = layout.install_logs / f"bench-{name}.log"
        run_logged(maven, log, tools_environment(), f"Building {name}", layout.root)
    return ""


class Bench:
    """All measurements, in the order in which they need one another."""

    def __init__(self, field: Field, chosen: argparse.Namespace, progress: Progress, written: Written) -> None:
        self._field, self._chosen, self._progress, self._written = field, chosen, progress, written
        self._workload = Workload(field.source, field.environment)
        self._machine = facts(field.layout, field.source, field.clickhouse, field.environment)
        if chosen.scale != 1:
            self._machine["shortened"] = f"{chosen.scale} of the rows and seconds"
        self.figures = Figures(large_rows=self._rows(LARGE_ROWS), backlog_rows=self._rows(BACKLOG_ROWS))

    def _rows(self, whole: int) -> int:
        return max(1000, int(whole * self._chosen.scale) // 1000 * 1000)

    def _seconds(self, whole: int) -> int:
        return max(5, int(whole * self._chosen.scale))

    def run(self) -> None:
        with self._progress.working("make the tables"):
            self._workload.make(self._chosen.scale)
        self._follower()
        if not self._chosen.alone:
            self._beside(Debezium(self._field))
            self._beside(Materialized(self._field))

    def _part(self, name: str, what: str, measure: Callable[[], object]) -> None:
        if name in self._chosen.parts:
            with self._progress.working(what):
                measure()
            self._written.keep(self._machine, self.figures)

    def _follower(self) -> None:
        reader, figures = Millrace(self._field), ReaderFigures()
        self.figures.readers[reader.name] = figures
        self._started(reader)
        try:
            self._part("idle", "idle", lambda: measures.idle(reader.process, self._seconds(20), figures))
            self._common(reader, figures)
            if "large" in self._chosen.parts:
                # A new process, as its peak is to be that of this transaction.
                reader.stop()
                reader.start()
            large = partial(measures.large, self._field, self._workload, reader, self.figures.large_rows, figures)
            self._part("large", "a large transaction", large)
            self._part("reads", "reads", lambda: self._reads(reader))
            measures.refuse_different(self._field, self._workload, reader)
        finally:
            reader.stop()
            reader.drop()

    def _started(self, reader: Millrace) -> None:
        runs = 3 if "copy" in self._chosen.parts else 1
        self.figures.copied_rows = int(ITEM_ROWS * self._chosen.scale)
        with self._progress.working("first copies"):
            copies, loads = measures.first_copies(self._field, reader, runs)
        if "copy" in self._chosen.parts:
            self.figures.first_copy, self.figures.loader = copies, loads

    def _reads(self, reader: Millrace) -> None:
        rows, clickhouse = self.figures.copied_rows, self._field.clickhouse
        clickhouse.come_to_rest()
        self.figures.reads["after the copy"] = measures.reads(clickhouse, reader.database, 7)
        measures.changes_of_a_week(self._workload, rows)
        measures.wait_until_followed(self._field, self._workload, reader)
        self.figures.reads["while changes are merged"] = measures.reads(clickhouse, reader.database, 7)
        clickhouse.come_to_rest()
        self.figures.reads["when they are merged"] = measures.reads(clickhouse, reader.database, 7)

    def _common(self, reader: Reader, figures: ReaderFigures) -> None:
        for rate in RATES:
            self._part("latency", f"{rate:,} changes a second: {reader.name}", partial(self._latency, reader, rate))
        if reader.process:
            self._part("backlog", f"a backlog: {reader.name}", partial(self._backlog, reader))
            figures.peak = reader.process.peak

    def _latency(self, reader: Reader, rate: int) -> None:
        measured = measures.latency(self._workload, reader, rate, self._seconds(20))
        self.figures.readers[reader.name].latencies.append(measured)

    def _backlog(self, reader: Reader) -> None:
        rate = measures.backlog(self._workload, reader, self.figures.backlog_rows)
        self.figures.readers[reader.name].backlog_rate = rate

    def _beside(self, reader: Reader) -> None:
        """A contestant that fails is out, and the page says why."""
        figures = self.figures.readers.setdefault(reader.name, ReaderFigures())
        try:
            try:
                with self._progress.working(f"start {reader.name}"):
                    reader.start()
                self._common(reader, figures)
            finally:
                reader.stop()
        except Failed as failed:
            figures.failure = str(failed)
            self._progress.line("✗", f"{reader.name}: {failed}", colour=31)
        self._written.keep(self._machine, self.figures)


def output(layout: Layout, chosen: argparse.Namespace) -> Written:
    """Where the results go: into the checkout only when everything was measured."""
    committed = chosen.scale == 1 and not chosen.out
    folder = chosen.out or (layout.root / "bench/results" if committed else layout.state.parent / "try-out")
    plots = layout.root / "docs/images" if committed else folder
    name = f"{date.today().isoformat()}-follow"
    return Written(folder.absolute(), plots.absolute() / "follow-latency.svg", name, layout.program("bench", "python"))


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    chosen = options()
    known = Layout.from_environment()
    layout = Layout(known.root, known.home, known.home / "bench/state")
    written, progress = output(layout, chosen), Progress()
    install(layout, progress)
    run_steps([Step("build the follower and Debezium's", partial(build, layout))], progress)
    with servers(layout, progress) as settings:
        field = field_of(layout, settings)
        bench = Bench(field, chosen, progress, written)
        try:
            bench.run()
        finally:
            field.source.empty(field.environment)
            shutil.rmtree(field.work)
    written.draw()
    print(f"\n{written.page.read_text()}\nWritten to {written.page}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
