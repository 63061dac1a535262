"""The estimators that can be trained, and exported without a change of their predictions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from .feature_set import MISSING_CATEGORY_CODE, FeatureSet
from .problems import Problems


@dataclass(frozen=True)
class EstimatorKind:
    """An estimator by its name: how to make a new one, and its description for reports."""

    name: str
    description: str
    create: Callable[[FeatureSet, int], Any]


def _gradient_boosting(features: FeatureSet, trees: int) -> GradientBoostingClassifier:
    # No scaler before trees: rounded to float32 it would move values across splits.
    return GradientBoostingClassifier(
        n_estimators=trees,
        learning_rate=0.05,
        max_depth=3,
        min_samples_leaf=50,
        random_state=0,
    )


def _logistic_regression(features: FeatureSet, trees: int) -> Any:
    numbers = [i for i, feature in enumerate(features.features) if not feature.is_category]
    categories = [i for i, feature in enumerate(features.features) if feature.is_category]
    codes = [
        np.arange(
            MISSING_CATEGORY_CODE, len(features.features[i].declared["categories"]), dtype=float
        )
        for i in categories
    ]
    transformers = []
    if numbers:
        transformers.append(("numbers", StandardScaler(), numbers))
    if categories:
        one_hot = OneHotEncoder(categories=codes, handle_unknown="ignore")
        transformers.append(("categories", one_hot, categories))
    return make_pipeline(
        # Dense always: whether a matrix is sparse must not depend on how many codes occur.
        ColumnTransformer(transformers, sparse_threshold=0.0),
        LogisticRegression(max_iter=2000),
    )


ESTIMATORS = {
    kind.name: kind
    for kind in (
        EstimatorKind(
            "gradient-boosting",
            "scikit-learn GradientBoostingClassifier, {trees} trees of depth 3, learning rate 0.05",
            _gradient_boosting,
        ),
        EstimatorKind(
            "logistic-regression",
            "scikit-learn LogisticRegression on scaled numbers and one-hot categories",
            _logistic_regression,
        ),
    )
}


def estimator_kind(name: str, problems: Problems) -> EstimatorKind | None:
    """The estimator of this name."""
    if name not in ESTIMATORS:
        problems.add(
            "DATA_INVALID",
            f"There is no estimator {name}.",
            f"Use {' or '.join(ESTIMATORS)}.",
        )
    return ESTIMATORS.get(name)
