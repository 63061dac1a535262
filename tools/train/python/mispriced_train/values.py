"""Days and months as texts and numbers."""

import datetime
import re


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, yyyy-mm-dd."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def month_number(day: str) -> int:
    """Months since year 0: the difference of two is the number of month boundaries between them."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1
