"""Says before training that loans and own data do not fit together, with keys of both."""

import numpy as np

from .fit import MINIMUM_LOANS
from .loans import Loans
from .own_data_table import OwnDataTable
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
    pairs = [_keys_in_words(loans, rows, table) for table in own_tables]
    message = (
        f"{loans.source.where}: {left} loans left: {unjoined} {_NO_OWN_DATA}, "
        f"{'; '.join(pair for pair in pairs if pair)}."
    )
    if left >= MINIMUM_LOANS:
        progress(f"MOST LOANS DO NOT JOIN: {message}")
        return
    fix = (
        "Write the keys alike in both files: a blank before a key counts, and leading zeros are "
        "lost where a spreadsheet or pandas reads keys as numbers. Or give own data of these keys."
    )
    raise Refused([Problem("DATA_INVALID", message, fix)])


def _keys_in_words(loans: Loans, rows: np.ndarray, table: OwnDataTable) -> str:
    name = table.declaration.name
    joined = dict.fromkeys(loans.column(f"join:{name}", rows).tolist())
    strangers = [key for key in joined if key not in table.months][:_EXAMPLES]
    if not strangers:
        return ""
    known = list(table.months)[:_EXAMPLES]
    return f"such as {_quoted(strangers)}, where {name} has such as {_quoted(known)}"


def _quoted(keys: list[str | None]) -> str:
    return ", ".join("an empty key" if key is None else f'"{key}"' for key in keys)
