"""The loans: each listing as it was, and how it ended."""

from dataclasses import dataclass

import numpy as np

from .handed_over import Columns, HandedOver, Source
from .values import month_number


@dataclass(frozen=True)
class Loans:
    """Typed loans in memory. A loan's listing is of its day of issue."""

    source: Source
    columns: Columns
    issue_day: np.ndarray
    issue_month: np.ndarray

    def column(self, name: str, rows: np.ndarray) -> np.ndarray:
        """A column's values in these rows."""
        return self.columns[name][rows]


def read_loans(files: HandedOver, name: str = "loans") -> Loans:
    """The loans that were handed over, or the `listings`."""
    columns = files.columns(name)
    issue_day = columns["issued"]
    months = np.array([month_number(day) for day in issue_day], dtype=np.int64)
    return Loans(files.loans, columns, issue_day, months)
