"""Plots how soon changes arrive, by how many there are: RESULTS.json PLOT.svg. Runs where matplotlib is installed."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
# The same figures make the same file, and text stays text.
matplotlib.rcParams |= {"svg.hashsalt": "millrace", "svg.fonttype": "none"}

from matplotlib import pyplot  # noqa: E402

from millrace_bench.follow.figures import percentile  # noqa: E402


def main(results: str, plot: str) -> None:
    document = json.loads(Path(results).read_text())
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="constrained")
    for number, (name, reader) in enumerate(document["readers"].items()):
        rates = [each["rate"] for each in reader["latencies"] if each["millis"]]
        for percent, style in ((50, "-"), (99, "--")):
            points = [percentile(each["millis"], percent) for each in reader["latencies"] if each["millis"]]
            axes.plot(rates, points, style, marker="o", color=f"C{number}", label=f"{name}, p{percent}")
    axes.set(xscale="log", yscale="log", xlabel="changes a second, over 14 tables", ylabel="milliseconds from commit")
    axes.set_title("How soon a change arrives", fontsize=11)
    axes.grid(alpha=0.3, which="both")
    axes.legend(frameon=False, fontsize=8)
    figure.savefig(plot, metadata={"Date": None})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
