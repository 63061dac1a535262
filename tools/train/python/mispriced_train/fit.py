"""Fits q and r on loans, for training, for measuring, and for checking the strategy."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .encode import Fills, encode, resolve_fills
from .estimators import EstimatorKind
from .feature_set import FeatureSet
from .listing_rows import ListingRows
from .problems import Problem, Problems, Refused
from .risk_curve import RiskCurves, fit_risk_curves, predict_risk

# Fewer loans than this teach nothing that would hold tomorrow.
MINIMUM_LOANS = 200


@dataclass(frozen=True)
class FittedModel:
    """Both views of the risk: q by the estimator, r by the price alone."""

    features: FeatureSet
    fills: Fills
    estimator: Any
    curves: RiskCurves

    def input_of(self, rows: ListingRows) -> np.ndarray:
        """The model's input as float32, of shape [rows, features]."""
        return encode(self.features, self.fills, rows)

    def q(self, rows: ListingRows) -> np.ndarray:
        """The probability of a loss by the estimator."""
        return probability(self.estimator, self.input_of(rows))

    def r(self, rows: ListingRows) -> np.ndarray:
        """The probability of a loss by the price, NaN where the group has no curve."""
        return predict_risk(self.curves, rows.price, rows.group)


def probability(estimator: Any, matrix: np.ndarray) -> np.ndarray:
    """The estimator's probability of a loss for float32 input, computed in doubles."""
    return estimator.predict_proba(matrix.astype(np.float64))[:, 1]


def too_few(loss: np.ndarray) -> bool:
    """Whether these loans are too few, or end too much alike, to learn from."""
    return len(loss) < MINIMUM_LOANS or int(loss.sum()) in (0, len(loss))


def refuse_too_few(loss: np.ndarray, dropped: dict[str, int]) -> None:
    """Refuses loans to learn from that are too few, or that all ended alike."""
    if not too_few(loss):
        return
    reasons = ", ".join(f"{count} {reason}" for reason, count in dropped.items())
    raise Refused(
        [
            Problem(
                "DATA_INVALID",
                f"{len(loss)} loans with {int(loss.sum())} losses among them are left to train on"
                f"{f' ({reasons} were dropped)' if reasons else ''}; "
                f"it takes at least {MINIMUM_LOANS} loans and both outcomes.",
                "Give a longer history, a later issued-before, or a label with a shorter horizon.",
            )
        ]
    )


def fit_model(
    *,
    features: FeatureSet,
    rows: ListingRows,
    loss: np.ndarray,
    kind: EstimatorKind,
    trees: int,
) -> FittedModel:
    """Fits on rows that are all usable."""
    refuse_too_few(loss, {})
    problems = Problems()
    fills = resolve_fills(features, rows, problems)
    problems.refuse_if_any()
    matrix = encode(features, fills, rows)
    _refuse_what_float32_cannot_hold(features, matrix)
    estimator = kind.create(features, trees).fit(matrix.astype(np.float64), loss)
    curves = fit_risk_curves(rows.price, rows.group, loss)
    return FittedModel(features, fills, estimator, curves)


def _refuse_what_float32_cannot_hold(features: FeatureSet, matrix: np.ndarray) -> None:
    problems = Problems()
    for index, feature in enumerate(features.features):
        if not np.isfinite(matrix[:, index]).all():
            problems.add(
                "DATA_INVALID",
                f"Feature {feature.name} has values too large for the model's 32 bits.",
                "Give it in a larger unit.",
            )
    problems.refuse_if_any()
