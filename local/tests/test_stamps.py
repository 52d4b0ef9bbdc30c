"""Work is done again exactly when an input changed or it did not end."""

from pathlib import Path

import pytest

from millrace_local.stamps import digest, unless_made


def test_work_is_done_once_for_the_same_inputs(tmp_path: Path) -> None:
    calls: list[int] = []
    stamp = tmp_path / "stamp"
    assert unless_made(stamp, "a", lambda: calls.append(1))
    assert not unless_made(stamp, "a", lambda: calls.append(2))
    assert unless_made(stamp, "b", lambda: calls.append(3))
    assert calls == [1, 3]


def test_work_that_failed_is_not_taken_for_done(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("a")

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        unless_made(stamp, "b", fail)
    assert not stamp.exists()


def test_a_digest_sees_contents_names_and_words_but_not_build_output(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = digest([tmp_path])
    (tmp_path / "target").mkdir()
    (tmp_path / "target/a.class").write_text("2")
    assert digest([tmp_path]) == before
    assert digest([tmp_path], "word") != before
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest([tmp_path]) != before
