"""The parity set: rows with their expected q and r, for the strategy to score again in TypeScript.

Real rows as they came, and rows with planted trouble: missing values, categories never seen, prices
beyond the curve's ends.
"""

import numpy as np

from .encode import drop_reasons
from .feature_set import Feature
from .fit import FittedModel
from .listing_rows import ListingRows
from .problems import Problem, Refused

UNSEEN = "planted-unseen-category"
_PLANTED_EACH = 5


def parity_rows(model: FittedModel, rows: ListingRows, real_rows: int) -> ListingRows:
    """Chooses rows spread evenly over the training rows, and plants copies with trouble."""
    with_curve = np.flatnonzero(np.isin(rows.group, list(model.curves)))
    if len(with_curve) == 0:
        raise Refused([_no_curve()])
    spread = np.linspace(0, len(with_curve) - 1, real_rows).round().astype(int)
    parts = [rows.take(with_curve[spread])]
    sample = parts[0].take(np.linspace(0, real_rows - 1, _PLANTED_EACH).round().astype(int))
    for feature in model.features.features:
        parts += _with_missing(sample, feature)
        if feature.is_category and feature.declared["unseen"] == "code":
            parts.append(_with_attribute(sample, feature.name, "unseen", UNSEEN))
    for group in model.curves:
        parts += _with_prices_beyond(model, rows, group)
    joined = _concatenate(parts)
    # A fill of an own column that another feature drops is dropped by the strategy too.
    kept = drop_reasons(model.features, joined, np.full(len(joined.ids), "", dtype=object))
    return joined.take(np.flatnonzero(kept == ""))


def _with_missing(sample: ListingRows, feature: Feature) -> list[ListingRows]:
    if feature.missing == "drop":
        return []
    if feature.type != "own":
        missing = np.nan if feature.type == "number" else None
        return [_with_attribute(sample, feature.name, "missing", missing)]
    own, column = feature.own_column
    emptied = _renamed(sample, f"missing:{feature.name}")
    for relative in (False, True):
        if (own, column, relative) in emptied.own:
            emptied.own[own, column, relative] = np.full(len(sample.ids), np.nan)
    return [emptied]


def _with_attribute(
    sample: ListingRows, name: str, what: str, value: float | str | None
) -> ListingRows:
    planted = _renamed(sample, f"{what}:{name}")
    dtype = planted.attributes[name].dtype
    planted.attributes[name] = np.full(len(sample.ids), value, dtype=dtype)
    return planted


def _with_prices_beyond(model: FittedModel, rows: ListingRows, group: str) -> list[ListingRows]:
    first = rows.take(np.flatnonzero(rows.group == group)[:1])
    knots = model.curves[group].X_thresholds_
    planted = []
    for what, price in (("below", float(knots[0]) - 1.0), ("above", float(knots[-1]) + 1.0)):
        beyond = _renamed(first, f"{what}:price:{group}")
        beyond.price[:] = price
        for feature in model.features.features:
            if feature.type == "number" and feature.source == model.features.price:
                beyond.attributes[feature.name][:] = price
        planted.append(beyond)
    return planted


def _renamed(rows: ListingRows, suffix: str) -> ListingRows:
    copy = rows.take(np.arange(len(rows.ids)))
    copy.ids[:] = [f"{identifier}:{suffix}" for identifier in rows.ids]
    return copy


def _concatenate(parts: list[ListingRows]) -> ListingRows:
    first = parts[0]

    def joined(values: list[np.ndarray]) -> np.ndarray:
        return np.concatenate(values)

    return ListingRows(
        joined([part.ids for part in parts]),
        joined([part.as_of_day for part in parts]),
        joined([part.as_of_month for part in parts]),
        joined([part.price for part in parts]),
        joined([part.group for part in parts]),
        {name: joined([part.attributes[name] for part in parts]) for name in first.attributes},
        {name: joined([part.keys[name] for part in parts]) for name in first.keys},
        {name: joined([part.own[name] for part in parts]) for name in first.own},
    )


def _no_curve() -> Problem:
    return Problem(
        "DATA_INVALID",
        "No group has enough loans for a risk curve.",
        "Give a longer history, or declare a coarser group.",
    )
