"""Measures how long charts take when many people look at dashboards at once."""

import threading
import time
from dataclasses import dataclass

from millrace_superset.chart_values import dashboards
from millrace_superset.client import Client
from millrace_superset.problem import Problem, Refused


@dataclass(frozen=True)
class Rush:
    """The seconds that each answer took, in ascending order, and what was refused."""

    seconds: list[float]
    refusals: list[str]

    def at(self, share: float) -> float:
        """The seconds within which this share (0 to 1) of the answers came."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def rush(client: Client, people: int, seconds: float) -> Rush:
    """Each of them asks for one chart after the other, without a pause. Raises Problem when there is no chart."""
    charts = [chart["id"] for _, charts in dashboards(client) for chart in charts]
    if not charts:
        raise Problem(2, "There is no dashboard with charts.", "Import the assets: python -m millrace_superset import")
    took: list[float] = []
    refusals: list[str] = []
    end = time.monotonic() + seconds

    def look(first: int) -> None:
        chart = first
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                client.get(f"chart/{charts[chart % len(charts)]}/data/")
            except (Refused, Problem) as problem:
                refusals.append(str(problem))
            took.append(time.monotonic() - began)
            chart += 1

    threads = [threading.Thread(target=look, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rush(sorted(took), refusals)
