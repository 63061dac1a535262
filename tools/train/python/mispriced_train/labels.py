"""What counts as a loss, and which loans can have a label at a date."""

import re
from dataclasses import dataclass

import numpy as np

from .loans import Loans
from .problems import Problems
from .values import month_number

# A loan is charged off when it is 150 days past due: five months after its last payment.
MONTHS_FROM_LAST_PAYMENT_TO_CHARGE_OFF = 5


@dataclass(frozen=True)
class Label:
    """A definition of loss. Without a horizon it is the loan's final end, known with hindsight."""

    name: str
    horizon_months: int | None

    @property
    def hindsight(self) -> bool:
        """Whether it was known only after the loans' whole life."""
        return self.horizon_months is None


def parse_label(name: str, problems: Problems) -> Label | None:
    """Reads a label's name."""
    if name == "charged-off-with-hindsight":
        return Label(name, None)
    match = re.fullmatch(r"charged-off-within-([1-9][0-9]?)-months", name)
    if match:
        return Label(name, int(match[1]))
    problems.add(
        "DATA_INVALID",
        f"There is no label {name}.",
        "Use charged-off-with-hindsight or charged-off-within-N-months (N from 1 to 99).",
    )
    return None


def labelled_rows(loans: Loans, label: Label, known_before: str) -> np.ndarray:
    """The rows issued before a day whose label was, or for hindsight will be, known.

    With a horizon of N months a loan counts only once those N months had passed on that day,
    however early it was charged off: those known sooner would be the bad ones alone.
    """
    usable = loans.issue_day < known_before
    if label.horizon_months is not None:
        usable &= loans.issue_month + label.horizon_months <= month_number(known_before)
    return np.flatnonzero(usable)


def outcomes(loans: Loans, label: Label, rows: np.ndarray, problems: Problems) -> np.ndarray:
    """1 for a loss, 0 for none, of rows that `labelled_rows` chose.

    Within N months means in one of the N calendar months that begin with the month of issue, so
    that on the first day of month N everything is known.
    """
    defaulted = loans.column("default", rows)
    last_paid = np.array([_month_or_nan(day) for day in loans.column("last_payment", rows)])
    unresolved = int(np.isnan(defaulted).sum())
    if label.horizon_months is None:
        if unresolved:
            problems.add(
                "DATA_INVALID",
                f"{unresolved} loans issued before the date have no outcome in column default; "
                "those that have one by then are the early defaults, and teach nothing.",
                "Train with the label charged-off-within-N-months, or on older loans.",
            )
        return (defaulted == 1).astype(np.int64)
    issued = loans.issue_month[rows]
    never_paid = np.isnan(last_paid)
    charged_off = np.where(never_paid, issued, last_paid) + MONTHS_FROM_LAST_PAYMENT_TO_CHARGE_OFF
    return ((defaulted == 1) & (charged_off < issued + label.horizon_months)).astype(np.int64)


def _month_or_nan(day: str | None) -> float:
    return float("nan") if day is None else float(month_number(day))
