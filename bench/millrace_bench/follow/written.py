"""The files that a run leaves: the page, the raw figures, the plot."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from millrace_bench.follow.figures import Figures
from millrace_bench.follow.report import report


@dataclass(frozen=True)
class Written:
    """folder: where page and figures go; name: of both; python: the one that has what plots."""

    folder: Path
    plot: Path
    name: str
    python: Path

    @property
    def page(self) -> Path:
        return self.folder / f"{self.name}.md"

    @property
    def raw(self) -> Path:
        return self.folder / f"{self.name}.json"

    def keep(self, machine: Mapping[str, str], figures: Figures) -> None:
        """Writes page and figures anew; called after each measurement, so that a later mishap takes nothing away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.write_text(report(self.name.removesuffix("-follow"), machine, figures))
        self.raw.write_text(json.dumps({"machine": machine, **asdict(figures)}, indent=1) + "\n")

    def draw(self) -> None:
        """Plots how long changes take at each rate."""
        self.plot.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([self.python, "-m", "millrace_bench.follow.plot", self.raw, self.plot], check=True)
