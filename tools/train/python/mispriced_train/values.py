"""Single values as files hold them, read the way the strategy reads them from a venue."""

import datetime
import math
import re

RawValue = str | int | float | None

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def number_of(value: RawValue) -> float:
    """The value as a double, NaN where it is missing.

    Python's own conversion rounds as JavaScript's does; "nan", "inf" and "1_000", which Python
    would take, are refused.
    """
    if value is None:
        return math.nan
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{value!r} is not a number")
        number = float(text)
    else:
        number = float(value)
        if math.isnan(number):
            return math.nan
    if math.isinf(number):
        raise ValueError(f"{value!r} is not finite")
    return number


def text_of(value: RawValue) -> str | None:
    """The value as text, whole numbers without a fraction: a term of 36.0 is the group "36"."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def group_of(value: RawValue) -> str | None:
    """A group's name: "36", whether the file writes 36, 36.0 or 36 between blanks."""
    text = None if value is None else str(value).strip()
    if not text:
        return None
    return text_of(float(text)) if _NUMBER.fullmatch(text) else text


def day_of(value: RawValue) -> str | None:
    """The day an ISO 8601 text begins with, None where it is missing."""
    if value is None:
        return None
    day = str(value)[:10]
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise ValueError(f"{value!r} does not begin with a date yyyy-mm-dd")
    datetime.date.fromisoformat(day)
    return day


def month_number(day: str) -> int:
    """Months since year 0: the difference of two is the number of month boundaries between them."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1
