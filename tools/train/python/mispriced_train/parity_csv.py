"""The parity set as a file: docs/train-a-model.md describes its columns."""

import csv
import io
import math

import numpy as np

from .fit import FittedModel
from .listing_rows import ListingRows


def parity_csv(model: FittedModel, rows: ListingRows) -> bytes:
    """The rows as CSV; every number reads back to the same double, an empty cell is missing."""
    columns: dict[str, np.ndarray] = {
        "id": rows.ids,
        "asOf": rows.as_of_day,
        "price": rows.price,
        "group": rows.group,
    }
    listed = {f.source.field: f for f in reversed(model.features.features) if f.source}
    numbers = {f.source.field: f for f in listed.values() if f.source and f.type == "number"}
    for feature in model.features.features:
        if feature.source is not None:
            field = feature.source.field
            kind, shown = ("number", numbers) if field in numbers else ("text", listed)
            columns.setdefault(f"{kind}:{field}", rows.attributes[shown[field].name])
    for field, values in rows.keys.items():
        if field not in listed:
            columns[f"text:{field}"] = values
    for (own, column, relative), values in rows.own.items():
        columns[f"own:{own}:{column}{'_relative' if relative else ''}"] = values
    columns["q"] = model.q(rows)
    columns["r"] = model.r(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    cells = [[_cell(value) for value in values] for values in columns.values()]
    writer.writerows(zip(*cells, strict=True))
    return text.getvalue().encode("utf-8")


def _cell(value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    number = float(value)
    return "" if math.isnan(number) else repr(number)
