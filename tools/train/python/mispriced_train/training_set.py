"""From files to labelled rows: the part that training and checking share."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .encode import drop_reasons
from .estimators import EstimatorKind, estimator_kind
from .feature_set import FeatureSet, read_feature_set
from .fit import FittedModel, fit_model
from .handed_over import handed_over
from .join_check import refuse_where_nothing_joins
from .labels import Label, labelled_rows, outcomes, parse_label
from .listing_rows import ListingRows, listing_rows
from .loans import Loans, read_loans
from .own_data_table import OwnDataTable, read_own_data
from .problems import Problem, Problems, Refused
from .values import is_day


@dataclass(frozen=True)
class TrainingRequest:
    """What to train on and how; paths, and names still to be checked."""

    # A folder of typed files, as handed_over.py reads it.
    files: Path
    features: Path
    issued_before: str
    label: str
    estimator: str
    trees: int


@dataclass(frozen=True)
class TrainingSet:
    """Usable loans as they were listed, each with its label, and what was left out and why."""

    features: FeatureSet
    loans: Loans
    own_tables: list[OwnDataTable]
    label: Label
    kind: EstimatorKind
    rows: ListingRows
    issue_month: np.ndarray
    loss: np.ndarray
    dropped: dict[str, int]
    # Loans issued before the date whose horizon had not passed on it.
    label_not_yet_known: int

    def fit(self, request: TrainingRequest) -> FittedModel:
        """The model of all the rows."""
        return fit_model(
            features=self.features,
            rows=self.rows,
            loss=self.loss,
            kind=self.kind,
            trees=request.trees,
        )


def read_training_set(request: TrainingRequest) -> TrainingSet:
    """Reads and checks everything; every mistake that can be seen is in one `Refused`."""
    problems = Problems()
    check_day("issued-before", request.issued_before, problems)
    label = parse_label(request.label, problems)
    kind = estimator_kind(request.estimator, problems)
    try:
        features = read_feature_set(request.features)
    except Refused as refused:
        raise Refused([*problems.found, *refused.problems]) from refused
    if label is None or kind is None or problems.found:
        raise Refused(problems.found)
    files = handed_over(request.files)
    own_tables = read_own_data(files, features)
    loans = read_loans(files)

    chosen = labelled_rows(loans, label, request.issued_before)
    if len(chosen) == 0:
        raise Refused([_no_loans(request, loans)])
    loss = outcomes(loans, label, chosen, problems)
    listed, reasons = listing_rows(
        loans=loans,
        rows=chosen,
        as_of_day=loans.issue_day[chosen],
        as_of_month=loans.issue_month[chosen],
        features=features,
        own_tables=own_tables,
    )
    problems.refuse_if_any()
    reasons = drop_reasons(features, listed, reasons)
    refuse_where_nothing_joins(loans, chosen, reasons, own_tables)
    kept = np.flatnonzero(reasons == "")
    issued = int((loans.issue_day < request.issued_before).sum())
    return TrainingSet(
        features=features,
        loans=loans,
        own_tables=own_tables,
        label=label,
        kind=kind,
        rows=listed.take(kept),
        issue_month=loans.issue_month[chosen][kept],
        loss=loss[kept],
        dropped=count_reasons(reasons),
        label_not_yet_known=issued - len(chosen),
    )


def count_reasons(reasons: np.ndarray) -> dict[str, int]:
    """How many rows were dropped for each reason."""
    names, counts = np.unique(reasons[reasons != ""].astype(str), return_counts=True)
    return {name: int(count) for name, count in zip(names.tolist(), counts, strict=True)}


def check_day(name: str, text: str, problems: Problems) -> None:
    """Notes a text that is not a day yyyy-mm-dd."""
    if is_day(text):
        return
    problems.add("DATA_INVALID", f"{name} is {text!r}, not a day.", "Write it as yyyy-mm-dd.")


def _no_loans(request: TrainingRequest, loans: Loans) -> Problem:
    first = min(loans.issue_day, default="none")
    return Problem(
        "DATA_INVALID",
        f"No loan of {loans.source.where} was issued before {request.issued_before} and has the "
        f"label {request.label} by then; the first is of {first}.",
        "Give a later issued-before, or a label with a shorter horizon.",
    )
