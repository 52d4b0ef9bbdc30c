"""The arithmetic of the follower's figures, and their page."""

import pytest

from millrace_bench.follow.figures import Figures, Latency, ReaderFigures, Reads, percentile
from millrace_bench.follow.report import report
from millrace_bench.follow.targets import MILLRACE, targets


def figures(**own):
    return Figures(readers={MILLRACE: ReaderFigures(**own)}, large_rows=5_000_000, backlog_rows=2_000_000)


def verdicts(measured):
    return {target.what: (target.value, target.verdict) for target in targets(measured)}


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(1, 1), (50, 50), (99, 99), (100, 100)],
)
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(percent, expected):
    assert percentile(range(100, 0, -1), percent) == expected


def test_a_percentile_of_one_value_is_that_value():
    assert [percentile([7.5], percent) for percent in (1, 50, 99)] == [7.5, 7.5, 7.5]


def test_targets_say_what_was_reached_missed_and_not_measured():
    told = verdicts(figures(latencies=[Latency(1_000, 998.0, [70.0, 90.0, 200.0])], backlog_rate=125_000.0))
    assert told["1,000 changes/s, half of them within"] == (90.0, "MISSED")
    assert told["a million rows of a backlog"] == (8.0, "reached")
    assert told["memory when idle"] == (None, "not measured")


def test_reads_count_by_their_worst_moment():
    measured = figures()
    measured.reads = {"before": [Reads("sum", 0.2, 0.1), Reads("count", 0.1, 0.1)], "after": [Reads("sum", 0.3, 0.1)]}
    assert measured.read_ratio == pytest.approx(3)


def test_copies_are_compared_by_their_medians():
    measured = figures()
    measured.first_copy, measured.loader = [2.0, 9.0, 2.2], [2.0, 1.9, 2.1]
    assert measured.copy_ratio == pytest.approx(1.1)


def test_a_reader_that_failed_says_why_on_the_page():
    measured = figures(latencies=[Latency(100, 99.6, [10.0, 20.0])])
    measured.readers["another"] = ReaderFigures(failure="it is not allowed")
    page = report("2026-11-26", {"memory": "24 GB"}, measured)
    assert f"| {MILLRACE} | 100 | 100 | 10 | 20 | 20 | 2 |" in page
    assert "another: it is not allowed" in page
