"""Loans as the strategy sees them: a listing by the API's names, joined with own data."""

from dataclasses import dataclass

import numpy as np

from .as_of import NO_ROW, join_as_of
from .feature_set import FeatureSet
from .loans import Loans
from .own_data_table import OwnDataTable

# An own data set, its column, and whether the value is relative to its month.
OwnColumn = tuple[str, str, bool]


@dataclass(frozen=True)
class ListingRows:
    """One entry a loan in every array. Missing is NaN in numbers and None in text."""

    ids: np.ndarray
    as_of_day: np.ndarray
    as_of_month: np.ndarray
    price: np.ndarray
    group: np.ndarray
    # The listing's value for each feature that reads one, by the feature's name.
    attributes: dict[str, np.ndarray]
    # The listing's value for each key of an own data set, by the API's field.
    keys: dict[str, np.ndarray]
    own: dict[OwnColumn, np.ndarray]

    def take(self, rows: np.ndarray) -> "ListingRows":
        """Only these rows, in this order; a copy."""
        return ListingRows(
            self.ids[rows],
            self.as_of_day[rows],
            self.as_of_month[rows],
            self.price[rows],
            self.group[rows],
            {name: values[rows] for name, values in self.attributes.items()},
            {name: values[rows] for name, values in self.keys.items()},
            {name: values[rows] for name, values in self.own.items()},
        )


def listing_rows(
    *,
    loans: Loans,
    rows: np.ndarray,
    as_of_day: np.ndarray,
    as_of_month: np.ndarray,
    features: FeatureSet,
    own_tables: list[OwnDataTable],
) -> tuple[ListingRows, np.ndarray]:
    """These loans as listed on these days, and for each why it is dropped ('' where it is not)."""
    price = loans.column("price", rows)
    group = loans.column("group", rows)
    reasons = np.where(
        np.isnan(price) | np.array([name is None for name in group], dtype=bool),
        "invalid-listing",
        "",
    ).astype(object)
    attributes = {
        feature.name: loans.column(f"feature:{feature.name}", rows)
        for feature in features.features
        if feature.source is not None
    }
    keys: dict[str, np.ndarray] = {}
    own: dict[OwnColumn, np.ndarray] = {}
    for table in own_tables:
        declared = table.declaration
        for key in declared.keys:
            keys[key.source.field] = loans.column(f"key:{key.source.field}", rows)
        joined = loans.column(f"join:{declared.name}", rows).tolist()
        found, why = join_as_of(table, joined, as_of_month)
        reasons = np.where(reasons == "", why, reasons)
        for column, values in table.values.items():
            own[declared.name, column, False] = _looked_up(values, found)
            if declared.date is not None:
                own[declared.name, column, True] = _looked_up(table.relative[column], found)
    ids = loans.column("id", rows)
    listed = ListingRows(ids, as_of_day, as_of_month, price, group, attributes, keys, own)
    return listed, reasons


def _looked_up(values: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.where(found == NO_ROW, np.nan, values[found])
