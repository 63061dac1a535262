"""An own data set in memory, ready to be looked up by key and month."""

from dataclasses import dataclass

import numpy as np

from .feature_set import FeatureSet, OwnDataSet
from .handed_over import HandedOver

Key = str | None


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


def read_own_data(files: HandedOver, features: FeatureSet) -> list[OwnDataTable]:
    """One table for each declared set, in order, with the columns that features use."""
    return [_read_table(files, own, features) for own in features.own_data]


def _read_table(files: HandedOver, own: OwnDataSet, features: FeatureSet) -> OwnDataTable:
    columns = files.columns(f"own-{own.name}")
    used = [
        column
        for column in own.columns
        if any(f.type == "own" and f.own_column == (own.name, column) for f in features.features)
    ]
    months_of: dict[Key, list[int]] = {}
    rows_of: dict[Key, list[int]] = {}
    # Of each key the rows come oldest first.
    for row, (key, month) in enumerate(zip(columns["key"], columns["month"], strict=True)):
        months_of.setdefault(key, []).append(int(month))
        rows_of.setdefault(key, []).append(row)
    return OwnDataTable(
        declaration=own,
        sha256=files.own_data[own.name].sha256,
        months=months_of,
        rows=rows_of,
        values={column: columns[f"value:{column}"] for column in used},
        relative={column: columns[f"value:{column}_relative"] for column in used}
        if own.date is not None
        else {},
    )
