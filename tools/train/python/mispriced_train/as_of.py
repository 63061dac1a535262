"""The join of loans with an own data set as it was known on each loan's date."""

from bisect import bisect_right

import numpy as np

from .own_data_table import Key, OwnDataTable

NO_ROW = -1


def join_as_of(
    table: OwnDataTable, keys: list[Key], months: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each loan its row of the own data, and why it has none.

    A value of month M may be used from the first day of month M + lag, for as long as it is not
    staler than declared; of several the newest. `months` are the months of the loans' dates. The
    reasons are those of libs/core/src/domain/decision.ts, empty where there is a row.
    """
    found: dict[tuple[Key, int], tuple[int, str]] = {}
    rows = np.empty(len(keys), dtype=np.int64)
    reasons = np.empty(len(keys), dtype=object)
    for index, question in enumerate(zip(keys, months.tolist(), strict=True)):
        answer = found.get(question)
        if answer is None:
            answer = found[question] = _find(table, *question)
        rows[index], reasons[index] = answer
    return rows, reasons


def _find(table: OwnDataTable, key: Key, month: int) -> tuple[int, str]:
    known = table.months.get(key)
    if known is None:
        return NO_ROW, "no-own-data"
    date = table.declaration.date
    if date is None:
        return table.rows[key][0], ""
    newest_usable = month - date.lag_months
    position = bisect_right(known, newest_usable) - 1
    if position < 0:
        return NO_ROW, "own-data-not-yet-known"
    if newest_usable - known[position] > date.stale_after_months:
        return NO_ROW, "own-data-stale"
    return table.rows[key][position], ""
