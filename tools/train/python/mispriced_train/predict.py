"""`python -m mispriced_train.predict`: what the strategy must find, computed a second way.

Fits as training does and scores listings by scikit-learn itself, without ONNX, manifest or knots.
For tests of the whole path, not for trading.
"""

import argparse
import csv
import sys
from pathlib import Path
from typing import Any

import numpy as np

from .command import add_training_arguments, run_command, training_request
from .encode import drop_reasons
from .handed_over import handed_over
from .listing_rows import listing_rows
from .loans import read_loans
from .problems import Problems
from .progress import progress
from .training_set import TrainingRequest, check_day, count_reasons, read_training_set
from .values import month_number


def predict(request: TrainingRequest, as_of: str, out: Path) -> dict[str, Any]:
    """Scores every loan of the `listings` issued in the month of a day, as listed on that day."""
    problems = Problems()
    check_day("as-of", as_of, problems)
    problems.refuse_if_any()
    training = read_training_set(request)
    loans = read_loans(handed_over(request.files), "listings")
    month = month_number(as_of)
    chosen = np.flatnonzero(loans.issue_month == month)
    listed, reasons = listing_rows(
        loans=loans,
        rows=chosen,
        as_of_day=np.full(len(chosen), as_of, dtype=object),
        as_of_month=np.full(len(chosen), month),
        features=training.features,
        own_tables=training.own_tables,
    )
    progress(f"Fitting on {len(training.loss)} loans")
    model = training.fit(request)
    reasons = drop_reasons(training.features, listed, reasons)
    r = model.r(listed)
    reasons = np.where((reasons == "") & np.isnan(r), "no-risk-curve", reasons)
    scored = np.flatnonzero(reasons == "")
    q = np.full(len(chosen), np.nan)
    if len(scored):
        q[scored] = model.q(listed.take(scored))
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "price", "group", "q", "r", "dropped_reason"])
        for index, reason in enumerate(reasons):
            views = ("", "") if reason else (repr(float(q[index])), repr(float(r[index])))
            price = listed.price[index]
            shown = "" if np.isnan(price) else repr(float(price))
            writer.writerow([listed.ids[index], shown, listed.group[index], *views, reason])
    return {"listed": len(chosen), "scored": len(scored), "dropped": count_reasons(reasons)}


def main() -> int:
    """Runs the command of this process's arguments."""
    parser = argparse.ArgumentParser(prog="mispriced_train.predict", description=__doc__)
    add_training_arguments(parser)
    parser.add_argument("--as-of", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    request = training_request(arguments)
    return run_command(lambda: predict(request, arguments.as_of, arguments.out))


if __name__ == "__main__":
    sys.exit(main())
