"""The user's own data files, matched to their declarations by their columns."""

from pathlib import Path

from .feature_set import FeatureSet, OwnDataSet
from .own_data_table import OwnDataTable, read_own_data_table
from .problems import Problems
from .tables import column_names


def read_own_data(
    paths: list[Path], features: FeatureSet, problems: Problems
) -> list[OwnDataTable]:
    """One table for each declared set, in the order declared; problems where that is not so."""
    path_of: dict[str, Path] = {}
    unreadable = False
    for path in paths:
        names = column_names(path, problems)
        if not names:
            unreadable = True
            continue
        own = _declaration_of(path, names, features, problems)
        if own is None:
            continue
        if own.name in path_of:
            problems.add(
                "DATA_INVALID",
                f"{path_of[own.name]} and {path} are both of the own data set {own.name}.",
                "Give one file for each set.",
            )
        path_of.setdefault(own.name, path)
    tables = []
    for own in features.own_data:
        if own.name in path_of:
            table = read_own_data_table(path_of[own.name], own, features, problems)
            tables += [] if table is None else [table]
        elif not unreadable:
            problems.add(
                "DATA_MISSING",
                f"No file was given for the own data set {own.name}.",
                f"Add --own-data FILE with the columns {', '.join(own.file_columns)}.",
            )
    return tables


def _declaration_of(
    path: Path, names: list[str], features: FeatureSet, problems: Problems
) -> OwnDataSet | None:
    fitting = [own for own in features.own_data if set(own.file_columns) <= set(names)]
    if len(fitting) == 1:
        return fitting[0]
    declared = "; ".join(f"{own.name}: {', '.join(own.file_columns)}" for own in features.own_data)
    fits = ", ".join(own.name for own in fitting)
    problems.add(
        "DATA_INVALID",
        f"{path} has the columns {', '.join(names)}, which "
        + (f"fit several own data sets: {fits}." if fitting else "fit no declared own data set."),
        f"Its columns must be those of exactly one set ({declared or 'none is declared'}).",
    )
    return None
