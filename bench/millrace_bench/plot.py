"""Plots seconds by rows of the datasets that grow: RESULTS.json PLOT.svg. Runs in the benchmark's own environment."""

import json
import statistics
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
# The same figures make the same file, and text stays text.
matplotlib.rcParams |= {"svg.hashsalt": "millrace", "svg.fonttype": "none"}

from matplotlib import pyplot  # noqa: E402


def main(results: str, plot: str) -> None:
    document = json.loads(Path(results).read_text())
    races = sorted((race for race in document["races"] if "linear" in race["parts"]), key=lambda race: race["rows"])
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for name in ("postgresql()", "psql COPY > /dev/null", "loader"):
        measured = [(race["rows"] / 1e6, race["contestants"][name]["runs"]) for race in races]
        points = [(rows, statistics.median(run["seconds"] for run in runs)) for rows, runs in measured if runs]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(xlabel="million rows", ylabel="seconds, median", xlim=(0, None), ylim=(0, None))
    axes.set_title(f"Order items from Postgres into ClickHouse, {document['date']}", fontsize=11)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(plot, metadata={"Date": None})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
