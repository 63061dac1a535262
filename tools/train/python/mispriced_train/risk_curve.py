"""r: what the market's price says of the risk, for each group an isotonic regression."""

import numpy as np
from sklearn.isotonic import IsotonicRegression

# A curve through fewer loans is an accident, and a listing without a curve is not traded.
MINIMUM_LOANS = 100

RiskCurves = dict[str, IsotonicRegression]


def fit_risk_curves(price: np.ndarray, group: np.ndarray, loss: np.ndarray) -> RiskCurves:
    """The share of losses as a never falling function of the price, clipped at its ends."""
    curves: RiskCurves = {}
    for name in sorted(set(group.tolist())):
        rows = np.flatnonzero(group == name)
        if len(rows) >= MINIMUM_LOANS:
            curve = IsotonicRegression(increasing=True, out_of_bounds="clip")
            curves[name] = curve.fit(price[rows], loss[rows].astype(np.float64))
    return curves


def predict_risk(curves: RiskCurves, price: np.ndarray, group: np.ndarray) -> np.ndarray:
    """r for each listing, NaN where its group has no curve."""
    risk = np.full(len(price), np.nan)
    for name, curve in curves.items():
        rows = np.flatnonzero(group == name)
        if len(rows):
            risk[rows] = curve.predict(price[rows])
    return risk


def knots(curve: IsotonicRegression) -> dict[str, list[float]]:
    """The curve as the manifest holds it: between two knots it is a straight line."""
    return {
        "prices": [float(price) for price in curve.X_thresholds_],
        "risks": [float(risk) for risk in curve.y_thresholds_],
    }
