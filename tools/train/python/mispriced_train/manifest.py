"""The model's identity card, as libs/core/src/domain/model-manifest.ts defines it."""

import copy
import hashlib
import platform
from importlib.metadata import version
from typing import Any

from .encode import Fills
from .fit import FittedModel
from .metrics import Measurement
from .onnx_export import INPUT, OUTPUT, TOLERANCE
from .risk_curve import knots
from .training_set import TrainingRequest, TrainingSet

_PACKAGES = ("numpy", "onnx", "onnxruntime", "pandas", "scikit-learn", "scipy", "skl2onnx")


def build_manifest(
    *,
    training: TrainingSet,
    request: TrainingRequest,
    model: FittedModel,
    measurement: Measurement,
    onnx: bytes,
    parity: bytes,
    parity_rows: int,
) -> dict[str, Any]:
    """The manifest; no clock and no machine in it, so the same input gives the same bytes."""
    onnx_sha256 = hashlib.sha256(onnx).hexdigest()
    return {
        "format": 1,
        "name": training.features.name,
        "version": f"{request.issued_before}-{onnx_sha256[:12]}",
        "model": {
            "file": "model.onnx",
            "sha256": onnx_sha256,
            "estimator": training.kind.description.format(trees=request.trees),
            "input": INPUT,
            "output": OUTPUT,
        },
        "features": resolved_features(training.features.raw, model.fills),
        "label": {
            "name": training.label.name,
            "hindsight": training.label.hindsight,
            "horizonMonths": training.label.horizon_months,
        },
        "training": {
            "issuedBefore": request.issued_before,
            "rows": len(training.loss),
            "dropped": training.dropped,
            "dataSha256": training.loans.source.sha256,
            "ownData": [
                {"name": table.declaration.name, "sha256": table.sha256}
                for table in training.own_tables
            ],
            "packages": {
                "python": platform.python_version(),
                **{package: version(package) for package in _PACKAGES},
            },
        },
        "metrics": measurement.to_json(),
        "riskCurves": {name: knots(curve) for name, curve in model.curves.items()},
        "parity": {
            "file": "parity.csv",
            "sha256": hashlib.sha256(parity).hexdigest(),
            "rows": parity_rows,
            "tolerance": TOLERANCE,
        },
    }


def resolved_features(raw: dict[str, Any], fills: Fills) -> dict[str, Any]:
    """The declaration with every median replaced by its number."""
    features = copy.deepcopy(raw)
    for feature in features["features"]:
        if feature["missing"] == {"fill": "median"}:
            feature["missing"] = {"fill": fills[feature["name"]]}
    return features
