"""How good q and r are on loans that came later than those they were fitted on."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score

from .fit import fit_model, too_few
from .problems import Refused
from .training_set import TrainingRequest, TrainingSet
from .values import month_number

TEST_SHARE = 0.2

Scores = dict[str, float | None]
_NOT_MEASURED: Scores = {"rocAuc": None, "brier": None}


@dataclass(frozen=True)
class Measurement:
    """The manifest's metrics, and how many late loans had no curve in the earlier part."""

    split_at: str
    rows: int
    without_curve: int
    q: Scores
    r: Scores
    # Why nothing was measured, in words that go on with "before" the day of the split.
    why_not: str = ""

    def to_json(self) -> dict[str, object]:
        """The manifest's part."""
        return {"splitAt": self.split_at, "rows": self.rows, "q": self.q, "r": self.r}


def measure(training: TrainingSet, request: TrainingRequest) -> Measurement:
    """Splits by day of issue: the latest fifth is scored by a model fitted on the rest.

    For a label with a horizon the rest is only what was known on the day of the split. Loans whose
    group has no curve by then are left out of both scores, so that both are of the same loans.
    Where too little was known by then, or a feature had no value yet, nothing is measured.
    """
    days = training.rows.as_of_day
    split_at = str(np.sort(days)[int(len(days) * (1 - TEST_SHARE))])
    late = np.flatnonzero(days >= split_at)
    early = days < split_at
    if training.label.horizon_months is not None:
        known = training.issue_month + training.label.horizon_months <= month_number(split_at)
        early &= known
    early_rows = np.flatnonzero(early)
    if too_few(training.loss[early_rows]):
        return Measurement(split_at, 0, 0, _NOT_MEASURED, _NOT_MEASURED)
    try:
        model = fit_model(
            features=training.features,
            rows=training.rows.take(early_rows),
            loss=training.loss[early_rows],
            kind=training.kind,
            trees=request.trees,
        )
    except Refused as refused:
        # The file is sound and says too little of the earlier loans, as where a column starts late.
        why_not = f"the loans do not suffice ({refused})"
        return Measurement(split_at, 0, 0, _NOT_MEASURED, _NOT_MEASURED, why_not)
    later_rows = training.rows.take(late)
    r = model.r(later_rows)
    comparable = np.flatnonzero(~np.isnan(r))
    without_curve = len(late) - len(comparable)
    if len(comparable) == 0:
        return Measurement(split_at, 0, without_curve, _NOT_MEASURED, _NOT_MEASURED)
    loss = training.loss[late][comparable]
    q = model.q(later_rows.take(comparable))
    r_scores = _scores(loss, r[comparable])
    return Measurement(split_at, len(comparable), without_curve, _scores(loss, q), r_scores)


def _scores(loss: np.ndarray, probability: np.ndarray) -> Scores:
    both = 0 < loss.sum() < len(loss)
    return {
        "rocAuc": float(roc_auc_score(loss, probability)) if both else None,
        "brier": float(brier_score_loss(loss, probability)),
    }
