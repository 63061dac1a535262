"""A small invented loan file with own data, for tests."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from mispriced_train.feature_set import FeatureSet, parse_feature_set

FEATURES: dict[str, Any] = {
    "format": 1,
    "name": "small",
    "venue": "lendingclub",
    "price": {"field": "intRate", "column": "int_rate", "unit": "percent"},
    "group": {"field": "term", "column": "term", "unit": "months"},
    "ownData": [
        {
            "name": "rates",
            "keys": [{"field": "addrState", "column": "addr_state", "ownColumn": "state"}],
            "date": {"ownColumn": "month", "lagMonths": 2, "staleAfterMonths": 3},
            "columns": ["rate"],
        },
        {
            "name": "areas",
            "keys": [
                {
                    "field": "addrZip",
                    "column": "zip_code",
                    "ownColumn": "zip3",
                    "firstCharacters": 3,
                }
            ],
            "date": None,
            "columns": ["income"],
        },
    ],
    "features": [
        {
            "name": "int_rate",
            "group": "price",
            "unit": "percent",
            "type": "number",
            "field": "intRate",
            "column": "int_rate",
            "missing": "drop",
        },
        {
            "name": "employment",
            "group": "characteristic",
            "unit": "months",
            "type": "number",
            "field": "empLength",
            "column": "emp_length",
            "columnValues": {"< 1 year": 0, "10+ years": 120, "n/a": None},
            "missing": {"fill": "median"},
        },
        {
            "name": "history",
            "group": "characteristic",
            "unit": "months",
            "type": "months-since",
            "field": "earliestCrLine",
            "column": "earliest_cr_line",
            "missing": {"fill": 0},
        },
        {
            "name": "home",
            "group": "characteristic",
            "unit": "category",
            "type": "category",
            "field": "homeOwnership",
            "column": "home_ownership",
            "columnValues": {"rented": "RENT"},
            "categories": ["RENT", "OWN"],
            "unseen": "code",
            "missing": "code",
        },
        {
            "name": "rate",
            "group": "own-data",
            "unit": "points",
            "type": "own",
            "ownData": "rates",
            "ownColumn": "rate",
            "relativeToMonth": True,
            "missing": "drop",
        },
        {
            "name": "income",
            "group": "own-data",
            "unit": "dollars",
            "type": "own",
            "ownData": "areas",
            "ownColumn": "income",
            "relativeToMonth": False,
            "missing": {"fill": "median"},
        },
    ],
}


def features() -> dict[str, Any]:
    """A declaration of every feature type, to change at will."""
    return copy.deepcopy(FEATURES)


def loan_rows(count: int) -> list[dict[str, str]]:
    """Loans of 2008 and 2009, riskier at a higher price and for renters."""
    random_ = random.Random(5)
    rows = []
    for index in range(count):
        month = 12 * 2008 + index * 24 // count
        price = round(random_.uniform(6, 20), 2)
        home = random_.choice(["rented", "OWN", "TENT", ""])
        defaulted = random_.random() < price / 40 + (0.1 if home == "rented" else 0)
        last = month + random_.randrange(1, 30)
        rows.append(
            {
                "loan_id": str(index + 1),
                "issue_d": first_day(month),
                "int_rate": str(price),
                "term": random_.choice(["36", "60"]),
                "emp_length": random_.choice(["< 1 year", "10+ years", "n/a", ""]),
                "earliest_cr_line": first_day(month - random_.randrange(10, 300)),
                "home_ownership": home,
                "addr_state": random_.choice(["NO", "CA"]),
                "zip_code": random_.choice(["005xx", "100xx"]),
                "default": str(int(defaulted)),
                "last_pymnt_d": first_day(last),
            }
        )
    return rows


def rate_rows() -> list[dict[str, str]]:
    """A rate of two states for every month of 2007 to 2009."""
    return [
        {"month": first_day(month), "state": state, "rate": str(base + month % 7 / 10)}
        for state, base in (("NO", 4), ("CA", 9))
        for month in range(12 * 2007, 12 * 2010)
    ]


def area_rows() -> list[dict[str, str]]:
    """Incomes of two areas, one with a leading zero and the other unknown."""
    return [{"zip3": "005", "income": "51000.5"}, {"zip3": "100", "income": ""}]


def first_day(month: int) -> str:
    """The first day of a month given as months since year 0."""
    return f"{month // 12:04}-{month % 12 + 1:02}-01"


def write_files(
    folder: Path,
    declared: dict[str, Any],
    loans: list[dict[str, str]],
    rates: list[dict[str, str]] | None = None,
    areas: list[dict[str, str]] | None = None,
) -> Path:
    """Loans and own data as the command line hands them over; the loans are the listings too."""
    features = parse_feature_set(declared)
    folder.mkdir(exist_ok=True)
    loan_columns = _loan_columns(features, loans)
    _write(folder / "loans.parquet", loan_columns)
    december = [i for i, row in enumerate(loans) if row["issue_d"] == "2009-12-01"]
    listed = {
        name: pyarrow.array([values[i].as_py() for i in december], values.type)
        for name, values in loan_columns.items()
    }
    _write(folder / "listings.parquet", listed)
    own = {"rates": rate_rows() if rates is None else rates}
    own["areas"] = area_rows() if areas is None else areas
    for declaration in features.own_data:
        rows = own[declaration.name]
        key, column = declaration.keys[0].own_column, declaration.columns[0]
        months = [_month(row["month"]) if "month" in row else 0 for row in rows]
        values = [float(row[column]) if row[column] else None for row in rows]
        mean_of = {month: _mean(values, months, month) for month in set(months)}
        relative = [
            None if value is None else value - mean_of[month]
            for value, month in zip(values, months, strict=True)
        ]
        # Of each key the rows come oldest first.
        order = sorted(range(len(rows)), key=lambda row: months[row])
        columns = {
            "key": _texts([rows[row][key] for row in order]),
            "month": _numbers([float(months[row]) for row in order]),
            f"value:{column}": _numbers([values[row] for row in order]),
            f"value:{column}_relative": _numbers([relative[row] for row in order]),
        }
        _write(folder / f"own-{declaration.name}.parquet", columns)
    described = {
        "loans": {"where": "loans.csv", "sha256": "0" * 64},
        "ownData": [
            {"name": name, "where": f"{name}.csv", "sha256": "1" * 64}
            for name in ("rates", "areas")
        ],
    }
    (folder / "files.json").write_text(json.dumps(described))
    return folder


def _loan_columns(features: FeatureSet, loans: list[dict[str, str]]) -> dict[str, pyarrow.Array]:
    def cells(column: str) -> list[str | None]:
        return [row.get(column) or None for row in loans]

    def typed(cell: str | None) -> float | None:
        return None if cell is None else float(cell)

    columns = {
        "id": _texts(cells("loan_id")),
        "issued": _texts(cells("issue_d")),
        "price": _numbers([typed(cell) for cell in cells("int_rate")]),
        "group": _texts(cells("term")),
        "key:addrState": _texts(cells("addr_state")),
        "key:addrZip": _texts(cells("zip_code")),
        "join:rates": _texts(cells("addr_state")),
        "join:areas": _texts([cell and cell[:3] for cell in cells("zip_code")]),
        "default": _numbers([typed(cell) for cell in cells("default")]),
        "last_payment": _texts(cells("last_pymnt_d")),
    }
    for feature in features.features:
        if feature.source is None:
            continue
        named = feature.declared.get("columnValues", {})
        renamed = [named.get(cell, cell) for cell in cells(feature.source.column)]
        as_type = _numbers if feature.type == "number" else _texts
        values = [typed(cell) for cell in renamed] if feature.type == "number" else renamed
        columns[f"feature:{feature.name}"] = as_type(values)
    return columns


def _texts(values: list[Any]) -> pyarrow.Array:
    return pyarrow.array(values, pyarrow.string())


def _numbers(values: list[Any]) -> pyarrow.Array:
    return pyarrow.array(values, pyarrow.float64())


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _mean(values: list[float | None], months: list[int], month: int) -> float:
    of_month = [v for v, m in zip(values, months, strict=True) if m == month and v is not None]
    return sum(of_month) / len(of_month) if of_month else 0.0


def _write(path: Path, columns: dict[str, pyarrow.Array]) -> None:
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
