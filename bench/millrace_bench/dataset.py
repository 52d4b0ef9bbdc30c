"""What is copied: tables of one kind, filled by a script of bench/data."""

from collections.abc import Sequence
from dataclasses import dataclass

PARTS = ("headline", "linear", "shapes", "ads")
TABLES_OF_MANY, ROWS_OF_MANY = 500, 10


@dataclass(frozen=True)
class Dataset:
    """name: the table, or what the names of all tables begin with; rows: those of all its tables together."""

    name: str
    title: str
    script: str
    rows: int
    tables: tuple[str, ...]
    parts: tuple[str, ...]
    everyone: bool = True  # False: without the contestants that take minutes


def one_table(name: str, title: str, script: str, rows: int, parts: tuple[str, ...], everyone: bool = True) -> Dataset:
    """A dataset of one table."""
    return Dataset(name, title, script, rows, (name,), parts, everyone)


def datasets(scale: float) -> list[Dataset]:
    """All datasets. scale: what the numbers of rows are multiplied by."""

    def sized(rows: int, least: int = 1000) -> int:
        return max(least, round(rows * scale))

    tables = max(3, round(TABLES_OF_MANY * scale))
    head, line, shapes = (PARTS[0],), (PARTS[1],), (PARTS[2],)
    return [
        one_table("small", "a table of 10 rows", "small", 10, head),
        one_table("impressions_1m", "ad impressions, 3 columns", "impressions", sized(1_000_000), head),
        one_table("order_items_1m", "order items, 8 columns", "order_items", sized(1_000_000), line, False),
        one_table("order_items_3m", "order items, 8 columns", "order_items", sized(3_000_000), line, False),
        one_table("order_items_10m", "order items, 8 columns", "order_items", sized(10_000_000), head + line),
        one_table("order_items_30m", "order items, 8 columns", "order_items", sized(30_000_000), line, False),
        one_table("wide", "200 columns", "wide", sized(100_000), shapes),
        one_table("long_text", "text of 1 MB a value", "long_text", sized(256, least=4), shapes),
        Dataset(
            "many",
            f"{tables} tables of {ROWS_OF_MANY} rows in one load",
            "many",
            tables * ROWS_OF_MANY,
            tuple(f"many_{n:03}" for n in range(1, tables + 1)),
            shapes,
        ),
        Dataset(
            "ads",
            "a sync of the ads: impressions, clicks, campaigns, advertisers",
            "ads",
            sized(1_000_000) + sized(80_000) + 110,
            ("ads_advertiser", "ads_campaign", "ads_impressions", "ads_clicks"),
            (PARTS[3],),
            False,
        ),
    ]


def chosen_of(every: Sequence[Dataset], names: Sequence[str]) -> list[Dataset]:
    """The datasets of these names or of parts of these names; all when there are no names."""
    return [each for each in every if not names or {each.name, *each.parts} & set(names)]
