"""scikit-learn to ONNX, and the proof that nothing was lost on the way."""

from typing import Any

import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from skl2onnx.helpers.onnx_helper import select_model_inputs_outputs

from .fit import probability
from .problems import Problem, Refused

INPUT = "features"
OUTPUT = "probabilities"
TOLERANCE = 1e-6

# Fixed, so that a newer library does not write another file for the same model.
_OPSETS = {"": 18, "ai.onnx.ml": 3}
_BATCH_ROWS = 20_000


def to_onnx_bytes(estimator: Any, feature_count: int, name: str) -> bytes:
    """The model as ONNX: float32 `features` [rows, features] in, `probabilities` [rows, 2] out."""
    model = to_onnx(
        estimator,
        initial_types=[(INPUT, FloatTensorType([None, feature_count]))],
        options={"zipmap": False},
        target_opset=_OPSETS,
        # Without a name of ours the graph gets a random one, and the file a new SHA-256 each time.
        name=name,
    )
    model = select_model_inputs_outputs(model, [OUTPUT])
    # The converter lists these in the order of a set, which is another one in each process.
    opsets = sorted(model.opset_import, key=lambda opset: opset.domain)
    del model.opset_import[:]
    model.opset_import.extend(opsets)
    return model.SerializeToString(deterministic=True)


def run_onnx(model: bytes, matrix: np.ndarray) -> np.ndarray:
    """The probability of a loss by onnxruntime."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    batches = [
        session.run([OUTPUT], {INPUT: matrix[start : start + _BATCH_ROWS]})[0][:, 1]
        for start in range(0, len(matrix), _BATCH_ROWS)
    ]
    return np.concatenate(batches)


def check_export(model: bytes, estimator: Any, matrix: np.ndarray) -> float:
    """The largest difference between scikit-learn and onnxruntime; too large a one is refused."""
    difference = float(np.max(np.abs(run_onnx(model, matrix) - probability(estimator, matrix))))
    if not difference <= TOLERANCE:
        message = (
            f"The exported model differs from scikit-learn's by up to {difference:.3g} on "
            f"{len(matrix)} rows, where {TOLERANCE:g} is allowed. Nothing was written."
        )
        fix = "Train with the other estimator, or leave out features with extreme values."
        raise Refused([Problem("MODEL_PARITY", message, fix)])
    return difference
