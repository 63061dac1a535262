"""The loan file: one row a loan, its listing as it was and how it ended."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .feature_set import FeatureSet
from .problems import Problems
from .tables import RawColumn, Table, column_names, read_table
from .values import RawValue, day_of, month_number

ID = "loan_id"
ISSUED = "issue_d"
DEFAULTED = "default"
LAST_PAYMENT = "last_pymnt_d"


@dataclass(frozen=True)
class Loans:
    """The loan file in memory. A loan's listing is of its day of issue."""

    table: Table
    issue_day: np.ndarray
    issue_month: np.ndarray

    def column(self, name: str, rows: np.ndarray) -> RawColumn:
        """A column's values in these rows."""
        return self.table.columns[name].take(rows)


def read_loans(
    path: Path, features: FeatureSet, problems: Problems, outcome: bool = True
) -> Loans | None:
    """Reads what the features and, where `outcome`, the labels need; None (and problems) else."""
    names = column_names(path, problems)
    if not names:
        return None
    wanted = [ID, ISSUED, *features.loan_columns]
    if outcome:
        wanted += [DEFAULTED, LAST_PAYMENT]
    missing = [column for column in wanted if column not in names]
    if missing:
        problems.add(
            "DATA_INVALID",
            f"{path} lacks the columns {', '.join(dict.fromkeys(missing))}.",
            "Give a loan file that has them, or mend the names in the feature declaration.",
        )
        return None
    table = read_table(path, list(dict.fromkeys(wanted)), problems)
    if table is None:
        return None
    try:
        issue_day = table.columns[ISSUED].map(_present_day, object)
    except ValueError as error:
        problems.add("DATA_INVALID", f"{path}: column {ISSUED}: {error}.", "Mend the file.")
        return None
    issue_month = table.columns[ISSUED].map(lambda day: day and month_number(str(day)), np.int64)
    return Loans(table, issue_day, issue_month)


def _present_day(value: RawValue) -> str:
    day = day_of(value)
    if day is None:
        raise ValueError("a loan has no day of issue")
    return day
