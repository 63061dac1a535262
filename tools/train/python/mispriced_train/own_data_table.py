"""An own data set in memory, ready to be looked up by key and month."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .feature_set import FeatureSet, OwnDataSet
from .problems import Problems
from .tables import Table, read_table
from .values import day_of, month_number, number_of, text_of

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class OwnDataTable:
    """An own data set in memory. A static set has all its rows in month 0."""

    declaration: OwnDataSet
    sha256: str
    # For each key its months, rising, and for each of them the row.
    months: dict[Key, list[int]]
    rows: dict[Key, list[int]]
    # By column: the value of each row, and that value minus the mean of its month. NaN is missing.
    values: dict[str, np.ndarray]
    relative: dict[str, np.ndarray]


def read_own_data_table(
    path: Path, own: OwnDataSet, features: FeatureSet, problems: Problems
) -> OwnDataTable | None:
    """Reads the columns that features use; None (and a problem) where the file is not sound."""
    used = [
        column
        for column in own.columns
        if any(f.type == "own" and f.own_column == (own.name, column) for f in features.features)
    ]
    wanted = [*(key.own_column for key in own.keys), *used]
    if own.date is not None:
        wanted.append(own.date.own_column)
    table = read_table(path, list(dict.fromkeys(wanted)), problems)
    if table is None:
        return None
    if table.rows == 0:
        problems.add("DATA_INVALID", f"{path} has no rows.", "Give the whole file.")
        return None
    try:
        months = _months(table, own)
        values = {column: _numbers(table, column) for column in used}
    except ValueError as error:
        problems.add("DATA_INVALID", f"{path}: {error}.", "Mend the file.")
        return None
    key_texts = [table.columns[key.own_column].map(text_of, object) for key in own.keys]
    keys = list(zip(*key_texts, strict=True))
    months_of: dict[Key, list[int]] = {}
    rows_of: dict[Key, list[int]] = {}
    for row in np.argsort(months, kind="stable").tolist():
        key, month = keys[row], int(months[row])
        known = months_of.setdefault(key, [])
        if None in key or (known and known[-1] == month):
            what = "has an empty key" if None in key else f"gives {'/'.join(map(str, key))} twice"
            when = "" if own.date is None else f" in {month // 12:04}-{month % 12 + 1:02}"
            problems.add("DATA_INVALID", f"{path}: line {row + 2} {what}{when}.", "Mend the file.")
            return None
        known.append(month)
        rows_of.setdefault(key, []).append(row)
    relative = {column: _relative(values[column], months) for column in used}
    return OwnDataTable(own, table.sha256, months_of, rows_of, values, relative)


def _months(table: Table, own: OwnDataSet) -> np.ndarray:
    if own.date is None:
        return np.zeros(table.rows, dtype=np.int64)
    column = own.date.own_column
    days = table.columns[column].map(day_of, object)
    if any(day is None for day in days):
        raise ValueError(f"column {column} has empty cells")
    return np.array([month_number(day) for day in days], dtype=np.int64)


def _numbers(table: Table, column: str) -> np.ndarray:
    try:
        return table.columns[column].map(number_of, np.float64)
    except ValueError as error:
        raise ValueError(f"column {column}: {error}") from error


def _relative(values: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Each value minus the mean over all keys of the same month.

    Summed one after the other in the order of the file, as the strategy does it: another order, or
    a compensated sum, would differ in the last bit.
    """
    pairs = list(zip(values.tolist(), months.tolist(), strict=True))
    totals: dict[int, float] = {}
    counts: dict[int, int] = {}
    for value, month in pairs:
        if not math.isnan(value):
            totals[month] = totals.get(month, 0.0) + value
            counts[month] = counts.get(month, 0) + 1
    means = {month: total / counts[month] for month, total in totals.items()}
    return np.array([value - means.get(month, math.nan) for value, month in pairs])
