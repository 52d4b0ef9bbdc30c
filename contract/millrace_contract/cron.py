"""Schedules: presets, and cron expressions of five fields as Airflow knows them."""

import re
from dataclasses import dataclass
from enum import Enum

PRESETS = ("@once", "@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MAX_STEP = 999
WEEKS = 5


class Days(Enum):
    """Which days a field may tell otherwise than by their numbers."""

    NONE = 0
    OF_MONTH = 1
    OF_WEEK = 2


@dataclass(frozen=True)
class Field:
    """What may stand in one place. names: stand for the numbers from the minimum on."""

    minimum: int
    maximum: int
    names: tuple[str, ...] = ()
    days: Days = Days.NONE

    def takes(self, text: str) -> bool:
        """Whether each of the items between commas is one of this field's."""
        return all(self._is_day(item) or self._takes_item(item) for item in text.split(","))

    def _is_day(self, item: str) -> bool:
        match self.days:
            case Days.NONE:
                return False
            case Days.OF_MONTH:  # 15W: the working day nearest to it
                return item in ("?", "l") or (item.endswith("w") and self._is_value(item[:-1]))
            case Days.OF_WEEK:  # L5: the last Friday; 1#1: the first Monday
                day, mark, nth = item.partition("#")
                is_nth = bool(mark) and self._is_value(day) and is_between(nth, 1, WEEKS)
                return item == "?" or is_nth or (item.startswith("l") and self._is_value(item[1:]))

    def _takes_item(self, item: str) -> bool:
        span, *steps = item.split("/")
        if len(steps) > 1 or (steps and not is_between(steps[0], 1, MAX_STEP)):
            return False
        ends = span.split("-")
        return span == "*" or (len(ends) <= 2 and self._is_value(ends[0]) and self._is_value(ends[-1]))

    def _is_value(self, text: str) -> bool:
        return text in self.names or is_between(text, self.minimum, self.maximum)


FIELDS = (
    Field(0, 59),
    Field(0, 23),
    Field(1, 31, days=Days.OF_MONTH),
    Field(1, 12, MONTHS),
    Field(0, 7, DAYS, Days.OF_WEEK),
)


def is_schedule(text: str) -> bool:
    """Whether a text is a preset or a cron expression of five fields."""
    parts = re.split(r"[ \t]+", text.strip().lower())
    fits = len(parts) == len(FIELDS) and all(field.takes(part) for field, part in zip(FIELDS, parts, strict=True))
    return text in PRESETS or fits


def is_between(text: str, minimum: int, maximum: int) -> bool:
    """Whether a text is a whole number from the minimum to the maximum, in up to three decimal digits."""
    return re.fullmatch("[0-9]{1,3}", text) is not None and minimum <= int(text) <= maximum
