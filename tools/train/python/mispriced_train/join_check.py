"""Says before training that loans and own data do not fit together, with keys of both."""

import numpy as np

from .fit import MINIMUM_LOANS
from .loans import Loans
from .own_data_table import Key, OwnDataTable
from .problems import Problem, Refused
from .progress import progress

_NO_OWN_DATA = "no-own-data"
_EXAMPLES = 3


def refuse_where_nothing_joins(
    loans: Loans, rows: np.ndarray, reasons: np.ndarray, own_tables: list[OwnDataTable]
) -> None:
    """Refuses loans of which too few are left where most have no own data; else warns of most."""
    unjoined = int((reasons == _NO_OWN_DATA).sum())
    if unjoined * 2 <= len(rows):
        return
    left = int((reasons == "").sum())
    strangers = [(table, _strangers(loans, rows, table)) for table in own_tables]
    most = [(table, keys) for table, keys in strangers if len(keys) * 2 > len(rows)]
    pairs = [_in_words(table, keys) for table, keys in most or strangers if keys]
    message = (
        f"{loans.source.where}: {left} loans left: {unjoined} {_NO_OWN_DATA}, "
        f"{'; '.join(pairs)}."
    )
    if left >= MINIMUM_LOANS:
        progress(f"MOST LOANS DO NOT JOIN: {message}")
        return
    fix = (
        "Write the keys alike in both files: a blank before a key counts, and leading zeros are "
        "lost where a spreadsheet or pandas reads keys as numbers. Or give own data of these keys."
    )
    raise Refused([Problem("DATA_INVALID", message, fix)])


def _strangers(loans: Loans, rows: np.ndarray, table: OwnDataTable) -> list[Key]:
    joined = loans.column(f"join:{table.declaration.name}", rows).tolist()
    return [key for key in joined if key not in table.months]


def _in_words(table: OwnDataTable, strangers: list[Key]) -> str:
    shown = list(dict.fromkeys(strangers))[:_EXAMPLES]
    known = list(table.months)[:_EXAMPLES]
    return f"such as {_quoted(shown)}, where {table.declaration.name} has such as {_quoted(known)}"


def _quoted(keys: list[Key]) -> str:
    return ", ".join("an empty key" if key is None else f'"{key}"' for key in keys)
