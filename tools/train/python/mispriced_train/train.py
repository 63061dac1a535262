"""`python -m mispriced_train.train`: trains a model and writes its bundle."""

import argparse
import sys
from pathlib import Path
from typing import Any

from .bundle import check_out, write_bundle
from .command import add_training_arguments, run_command, training_request
from .fit import refuse_too_few
from .manifest import build_manifest
from .metrics import Measurement, measure
from .onnx_export import check_export, to_onnx_bytes
from .parity_csv import parity_csv
from .parity_rows import parity_rows
from .problems import Problems, Refused
from .progress import progress
from .training_set import TrainingRequest, read_training_set


def train(request: TrainingRequest, out: Path, real_parity_rows: int) -> dict[str, Any]:
    """Trains, measures, exports, checks the export, and only then writes."""
    problems = Problems()
    check_out(out, problems)
    try:
        training = read_training_set(request)
    except Refused as refused:
        raise Refused([*problems.found, *refused.problems]) from refused
    problems.refuse_if_any()
    left_out = ", ".join(f"{count} {reason}" for reason, count in training.dropped.items())
    progress(
        f"{len(training.loss)} loans with the label {training.label.name}, "
        f"{int(training.loss.sum())} of them losses; dropped: {left_out or 'none'}; "
        f"label not yet known: {training.label_not_yet_known}"
    )
    refuse_too_few(training.loss, training.dropped)
    progress("Measuring on the latest fifth with a model of the earlier loans")
    measurement = measure(training, request)
    progress(_in_words(measurement))
    progress(f"Fitting {training.kind.name} on all of them")
    model = training.fit(request)
    progress("Exporting to ONNX and comparing with scikit-learn")
    onnx = to_onnx_bytes(model.estimator, len(training.features.features), training.features.name)
    difference = check_export(onnx, model.estimator, model.input_of(training.rows))
    chosen = parity_rows(model, training.rows, real_parity_rows)
    difference = max(difference, check_export(onnx, model.estimator, model.input_of(chosen)))
    parity = parity_csv(model, chosen)
    manifest = build_manifest(
        training=training,
        request=request,
        model=model,
        measurement=measurement,
        onnx=onnx,
        parity=parity,
        parity_rows=len(chosen.ids),
    )
    write_bundle(out, onnx, manifest, parity)
    return {
        "out": str(out),
        "version": manifest["version"],
        "labelNotYetKnown": training.label_not_yet_known,
        "withoutCurveInMeasurement": measurement.without_curve,
        "largestExportDifference": difference,
    }


def _in_words(measurement: Measurement) -> str:
    if measurement.rows == 0:
        return (
            f"NOT MEASURED: {measurement.why_not or 'too few loans were labelled, or had a curve'} "
            f"before {measurement.split_at}. Nothing says that this model beats the price."
        )
    q, r = measurement.q, measurement.r
    return (
        f"{measurement.rows} loans since {measurement.split_at} "
        f"({measurement.without_curve} more have no earlier curve): "
        f"AUC q {_shown(q['rocAuc'])}, r {_shown(r['rocAuc'])}; "
        f"Brier q {_shown(q['brier'])}, r {_shown(r['brier'])}"
    )


def _shown(score: float | None) -> str:
    return "unknown" if score is None else f"{score:.4f}"


def main() -> int:
    """Runs the command of this process's arguments."""
    parser = argparse.ArgumentParser(prog="mispriced_train.train", description=__doc__)
    add_training_arguments(parser)
    parser.add_argument("--parity-rows", type=int, default=1000, help="besides the planted ones")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    request = training_request(arguments)
    return run_command(lambda: train(request, arguments.out, arguments.parity_rows))


if __name__ == "__main__":
    sys.exit(main())
