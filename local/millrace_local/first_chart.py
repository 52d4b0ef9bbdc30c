"""The last proof of a start: a chart of Superset shows data of ClickHouse."""

import time
from collections.abc import Iterator, Mapping

from millrace_local.problem import Problem
from millrace_superset.chart_values import ChartValue, each_chart
from millrace_superset.client import Client
from millrace_superset.problem import Problem as SupersetProblem

TIMEOUT = 30.0  # seconds
POLL = 0.5


def see_a_chart(settings: Mapping[str, str]) -> str:
    """
    A note on the first chart that shows data. Raises Problem with Superset's own reason when none does: charts without
    a row are no fault of Superset's, but one that fails is.
    """
    address = f"http://127.0.0.1:{settings['SUPERSET_PORT']}"
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            client = Client(address, settings["SUPERSET_ADMIN_USER"], settings["SUPERSET_ADMIN_PASSWORD"])
            return told(list(until_one_shows(client)))
        except SupersetProblem as problem:
            trouble = Problem(problem.sentence, problem.hint, problem.code)
        except Problem as problem:
            trouble = problem
        if time.monotonic() > deadline:
            raise trouble
        time.sleep(POLL)


def until_one_shows(client: Client) -> Iterator[ChartValue]:
    """Asks chart after chart; the last one asked is the first one that shows something."""
    for value in each_chart(client):
        yield value
        if value.ok:
            return


def told(values: list[ChartValue]) -> str:
    """The note on what was seen; raises Problem where every chart fails."""
    if not values:
        return "there are no charts"
    if values[-1].ok:
        return f"{values[-1].chart}: {values[-1].summary}"
    if failing := [value for value in values if value.failed]:
        sentence = (
            f"Superset shows no data: chart {failing[0].chart} fails: {failing[0].reason.strip().splitlines()[0]}"
        )
        raise Problem(sentence, "Look at ./run.sh --logs superset; does ./check_all_works.sh say more?")
    return "no chart has a row yet"
