"""The files that a run leaves: the page, the raw figures, the plot."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from millrace_bench.report import report, sizes
from millrace_bench.results import Race


@dataclass(frozen=True)
class Written:
    """folder: where page and figures go, named after the date; python: the one that has what plots."""

    folder: Path
    plot: Path
    date: str
    python: Path

    @property
    def page(self) -> Path:
        return self.folder / f"{self.date}.md"

    @property
    def raw(self) -> Path:
        return self.folder / f"{self.date}.json"

    def keep(self, machine: Mapping[str, str], races: Sequence[Race]) -> None:
        """Writes page and figures anew; called after each race, so that a later mishap takes nothing away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.write_text(report(self.date, machine, races))
        document = {"date": self.date, "machine": machine, "races": [asdict(each) for each in races]}
        self.raw.write_text(json.dumps(document, indent=1) + "\n")

    def draw(self, races: Sequence[Race]) -> None:
        """Plots the sizes that grow, where they were measured."""
        if sizes(races):
            self.plot.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([self.python, "-m", "millrace_bench.plot", self.raw, self.plot], check=True)
