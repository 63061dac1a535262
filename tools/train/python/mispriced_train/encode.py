"""From listings to the model's input, as the strategy does it in TypeScript."""

import numpy as np

from .feature_set import MISSING_CATEGORY_CODE, UNSEEN_CATEGORY_CODE, Feature, FeatureSet
from .listing_rows import ListingRows
from .problems import Problems
from .values import month_number

Fills = dict[str, float]


def feature_values(feature: Feature, rows: ListingRows) -> np.ndarray:
    """A feature's value in every row as a double; a missing number is NaN, a category its code."""
    if feature.type == "own":
        name, column = feature.own_column
        return rows.own[name, column, feature.declared["relativeToMonth"]]
    values = rows.attributes[feature.name]
    if feature.type == "number":
        return values
    if feature.type == "months-since":
        months = [np.nan if day is None else float(month_number(day)) for day in values]
        return rows.as_of_month - np.array(months, dtype=np.float64)
    code_of: dict[str | None, float] = {
        category: float(code) for code, category in enumerate(feature.declared["categories"])
    }
    code_of[None] = float(MISSING_CATEGORY_CODE)
    unseen = float(UNSEEN_CATEGORY_CODE)
    return np.array([code_of.get(text, unseen) for text in values], dtype=np.float64)


def drop_reasons(features: FeatureSet, rows: ListingRows, reasons: np.ndarray) -> np.ndarray:
    """Adds to the reasons those that lie in a feature's value; the first reason stands."""
    for feature in features.features:
        values = feature_values(feature, rows)
        if feature.missing == "drop":
            missing = values == MISSING_CATEGORY_CODE if feature.is_category else np.isnan(values)
            reasons = np.where((reasons == "") & missing, "missing-value", reasons)
        if feature.is_category and feature.declared["unseen"] == "drop":
            unseen = values == UNSEEN_CATEGORY_CODE
            reasons = np.where((reasons == "") & unseen, "unseen-category", reasons)
    return reasons


def resolve_fills(features: FeatureSet, rows: ListingRows, problems: Problems) -> Fills:
    """What a missing number becomes: a declared number, or the median of the rows trained on."""
    fills: Fills = {}
    for feature in features.features:
        if not isinstance(feature.missing, dict):
            continue
        fill = feature.missing["fill"]
        if fill == "median":
            values = feature_values(feature, rows)
            present = values[~np.isnan(values)]
            if len(present) == 0:
                problems.add(
                    "DATA_INVALID",
                    f"Feature {feature.name} has no value in any loan, so no median to fill with.",
                    "Declare a number as its fill, or leave the feature out.",
                )
                continue
            fill = float(np.median(present))
        fills[feature.name] = float(fill)
    return fills


def encode(features: FeatureSet, fills: Fills, rows: ListingRows) -> np.ndarray:
    """The model's input, one row a listing and one column a feature, rounded to float32.

    The model is trained on the rounded values too: a tree's split must fall the same way in both
    languages.
    """
    matrix = np.empty((len(rows.ids), len(features.features)), dtype=np.float32)
    for index, feature in enumerate(features.features):
        values = feature_values(feature, rows)
        if feature.name in fills:
            values = np.where(np.isnan(values), fills[feature.name], values)
        matrix[:, index] = values
    return matrix
