"""Loans as the strategy sees them: a listing by the API's names, joined with own data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .as_of import NO_ROW, join_as_of
from .feature_set import Feature, FeatureSet, OwnDataSet
from .loans import ID, Loans
from .own_data_table import OwnDataTable
from .problems import Problems
from .tables import RawColumn
from .values import RawValue, day_of, group_of, number_of, text_of

# An own data set, its column, and whether the value is relative to its month.
OwnColumn = tuple[str, str, bool]

Convert = Callable[[RawValue], Any]


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
    problems: Problems,
) -> tuple[ListingRows, np.ndarray]:
    """These loans as listed on these days, and for each why it is dropped ('' where it is not)."""
    price = _converted(loans, rows, features.price.column, number_of, np.float64, problems)
    group = loans.column(features.group.column, rows).map(group_of, object)
    reasons = np.where(
        np.isnan(price) | np.array([name is None for name in group], dtype=bool),
        "invalid-listing",
        "",
    ).astype(object)
    attributes = {
        feature.name: _attribute(loans, rows, feature, problems)
        for feature in features.features
        if feature.source is not None
    }
    keys: dict[str, np.ndarray] = {}
    own: dict[OwnColumn, np.ndarray] = {}
    for table in own_tables:
        declared = table.declaration
        key_texts = [_key_texts(loans, rows, declared, i, keys) for i in range(len(declared.keys))]
        found, why = join_as_of(table, list(zip(*key_texts, strict=True)), as_of_month)
        reasons = np.where(reasons == "", why, reasons)
        for column, values in table.values.items():
            own[declared.name, column, False] = _looked_up(values, found)
            if declared.date is not None:
                own[declared.name, column, True] = _looked_up(table.relative[column], found)
    ids = loans.column(ID, rows).map(text_of, object)
    listed = ListingRows(ids, as_of_day, as_of_month, price, group, attributes, keys, own)
    return listed, reasons


def _key_texts(
    loans: Loans, rows: np.ndarray, own: OwnDataSet, index: int, keys: dict[str, np.ndarray]
) -> list[str | None]:
    key = own.keys[index]
    texts = loans.column(key.source.column, rows).map(text_of, object)
    keys[key.source.field] = texts
    return [None if text is None else text[: key.first_characters] for text in texts]


def _looked_up(values: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.where(found == NO_ROW, np.nan, values[found])


def _attribute(loans: Loans, rows: np.ndarray, feature: Feature, problems: Problems) -> np.ndarray:
    assert feature.source is not None
    renamed = feature.declared.get("columnValues", {})

    def api_value(value: RawValue) -> RawValue:
        text = text_of(value)
        return renamed.get(text, value)

    column = loans.column(feature.source.column, rows)
    column = RawColumn([api_value(value) for value in column.distinct], column.codes)
    if feature.type == "category":
        return column.map(text_of, object)
    if feature.type == "months-since":
        return _map(column, feature.source.column, day_of, object, problems)
    return _map(column, feature.source.column, number_of, np.float64, problems)


def _converted(
    loans: Loans, rows: np.ndarray, name: str, convert: Convert, dtype: Any, problems: Problems
) -> np.ndarray:
    return _map(loans.column(name, rows), name, convert, dtype, problems)


def _map(
    column: RawColumn, name: str, convert: Convert, dtype: Any, problems: Problems
) -> np.ndarray:
    bad: list[str] = []

    def convert_or_note(value: RawValue) -> Any:
        try:
            return convert(value)
        except ValueError as error:
            bad.append(str(error))
            return convert(None)

    values = column.map(convert_or_note, dtype)
    if bad:
        more = f" (and {len(bad) - 3} other values)" if len(bad) > 3 else ""
        problems.add(
            "DATA_INVALID",
            f"Column {name} of the loan file: {'; '.join(bad[:3])}{more}.",
            "Mend the file, or say in `columnValues` of the feature what such a text means.",
        )
    return values
