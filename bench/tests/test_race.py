"""Who runs how often, and who is out."""

import io

from millrace_bench.dataset import chosen_of, datasets
from millrace_bench.process import Failed, Usage
from millrace_bench.race import race
from millrace_local.progress import Progress

SMALL = datasets(1)[0]


class Runner:
    """A contestant that takes 1 s the first time, 2 s the second, and so on."""

    def __init__(self, name="loader", slow=False, arrive=SMALL.rows, fail_at=0):
        self.name, self.slow = name, slow
        self._arrive, self._fail_at, self._turn = arrive, fail_at, 0

    def prepare(self, dataset):
        self._turn += 1

    def run(self, dataset):
        if self._turn == self._fail_at:
            raise Failed("it broke")
        return Usage(float(self._turn))

    def rows(self, dataset):
        return self._arrive


def others(contestant, dataset):
    return ["price"] if contestant.name == "sling" else []


def figures(*runners, runs=3, slow_runs=2, dataset=SMALL):
    return race(dataset, runners, runs, slow_runs, Progress(io.StringIO()), lambda: None, others).contestants


def seconds(own):
    return [run.seconds for run in own.runs]


def test_the_warm_up_does_not_count():
    assert seconds(figures(Runner())["loader"]) == [2, 3, 4]


def test_slow_ones_have_no_warm_up():
    assert seconds(figures(Runner(), Runner("sling", slow=True))["sling"]) == [1, 2]


def test_slow_ones_stay_out_where_not_everyone_runs():
    large = next(dataset for dataset in datasets(1) if not dataset.everyone)
    assert list(figures(Runner(arrive=large.rows), Runner("sling", slow=True), dataset=large)) == ["loader"]


def test_a_fast_wrong_answer_is_no_answer():
    own = figures(Runner(arrive=9))["loader"]
    assert (own.runs, own.failure) == ([], "it copied 9 of 10 rows")


def test_one_that_fails_is_out_and_the_others_go_on():
    all_of_them = figures(Runner(), Runner("sling", fail_at=3))
    assert seconds(all_of_them["sling"]) == [2]
    assert all_of_them["sling"].failure == "it broke"
    assert seconds(all_of_them["loader"]) == [2, 3, 4]


def test_datasets_are_chosen_by_part_or_name():
    assert [each.name for each in chosen_of(datasets(1), ["shapes", "small"])] == ["small", "wide", "long_text", "many"]
    assert chosen_of(datasets(1), ()) == datasets(1)


def test_other_values_are_told():
    own = figures(Runner(), Runner("sling", slow=True))
    assert (own["loader"].differs, own["sling"].differs) == ([], ["price"])
