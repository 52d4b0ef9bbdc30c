"""The place of the embedded ClickHouse's data."""

import shutil

from millrace_local.layout import Layout
from millrace_local.private import passable_folder


def make_place(layout: Layout) -> None:
    """Makes the folder of the data. As root it lies where the server's account may enter; data of before move there."""
    place, before = layout.clickhouse_data, layout.state / "clickhouse"
    if layout.clickhouse_owner is None:
        return
    passable_folder(place.parent)
    if before.is_dir() and not place.exists():
        shutil.move(before, place)
    place.mkdir(mode=0o700, exist_ok=True)
