"""A file is whole however many write it at a time."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from millrace_local.secret_keys import secret_keys
from millrace_local.whole_file import replace_file, write_private


def test_writers_at_the_same_time_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "folder/compose.json"
    texts = [str(n % 10) * 10_000 for n in range(400)]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write_private, path, text) for text in texts]:
            done.result()
    assert path.read_text() in texts
    assert [file.name for file in path.parent.iterdir()] == ["compose.json"]


def test_a_file_has_the_mode_that_is_asked_for(tmp_path: Path) -> None:
    replace_file(tmp_path / "shop.yml", b"name: shop\n", 0o644)
    assert stat.S_IMODE((tmp_path / "shop.yml").stat().st_mode) == 0o644


def test_what_cannot_be_put_in_its_place_is_not_left_behind(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(OSError, match="place"):
        write_private(tmp_path / "place", "text")
    assert [file.name for file in tmp_path.iterdir()] == ["place"]


def test_keys_made_by_several_at_the_same_time_are_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(secret_keys, [tmp_path / "state"] * 16))
    assert all(keys == made[0] for keys in made)
