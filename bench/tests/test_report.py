"""The arithmetic of results, targets and tables."""

import pytest

from millrace_bench.process import Usage
from millrace_bench.report import report, sizes
from millrace_bench.results import Figures, Race
from millrace_bench.targets import targets


def runs(*seconds, peak=100.0):
    return Figures([Usage(each, each / 2, peak) for each in seconds])


def order_items(label, rows, **contestants):
    return Race(f"order_items_{label}", "order items", rows, ("linear",), contestants)


TEN = order_items("10m", 10_000_000, **{"loader": runs(4, 9, 5), "postgresql()": Figures([Usage(8), Usage(10)])})


def verdicts(*races):
    return {target.what: (target.value, target.verdict) for target in targets({race.name: race for race in races})}


def test_median_fastest_and_ratio():
    own = TEN.contestants["loader"]
    assert (own.median, own.fastest, own.cpu, own.peak) == (5, 4, 2.5, 100)
    assert TEN.ratio("loader") == pytest.approx(5 / 9)
    assert TEN.ratio("loader", "sling") is None


def test_targets_say_what_was_reached_missed_and_not_measured():
    small = Race("small", "ten", 10, ("headline",), {"loader": runs(0.8, peak=300)})
    told = verdicts(TEN, small)
    assert told["10M order items, of postgresql()'s time"] == (pytest.approx(5 / 9), "reached")
    assert told["10M order items, of sling's time"] == (None, "not measured")
    assert told["a table of 10 rows"] == (0.8, "MISSED")
    assert told["the loader's peak memory, all datasets"] == (300, "MISSED")


@pytest.mark.parametrize(("one", "ten", "verdict"), [(100, 109, "reached"), (100, 112, "MISSED"), (112, 100, "MISSED")])
def test_memory_must_not_depend_on_the_rows(one, ten, verdict):
    large = order_items("10m", 10_000_000, loader=runs(4, peak=ten))
    small = order_items("1m", 1_000_000, loader=runs(1, peak=one))
    assert verdicts(large, small)["peak memory of 10M rows, of that of 1M rows"][1] == verdict


def test_page_has_figures_and_failures():
    broken = Figures([], "exit code 1: no | such thing")
    bent = Figures([Usage(2)], differs=["a", "b", "c", "d", "e", "f"])
    small = order_items("1m", 1_000_000, loader=runs(1.5), sling=broken, quickhouse=bent)
    page = report("2026-11-21", {"memory": "24 GB"}, [small, TEN])
    assert "| memory | 24 GB |" in page
    assert "| loader | 5.00 | 4.00 | 0.56 | 2.50 | 100 | 3 |" in page
    assert "| sling |  |  |  |  |  | 0; failed: exit code 1: no / such thing |" in page
    assert "| quickhouse | 2.00 | 2.00 |  |  |  | 1; other values in a, b, c, d, e… |" in page
    assert "| 1,000,000 | 1.50 | 1.500 | 0.75 | 100 |\n| 10,000,000 | 5.00 | 0.500 | 2.50 | 100 |" in page


def test_one_size_alone_shows_no_growth():
    assert sizes([TEN]) == []
    assert "How cost grows" not in report("2026-11-21", {}, [TEN])
