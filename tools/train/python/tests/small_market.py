"""A small invented loan file with own data, for tests."""

import copy
import csv
import random
from pathlib import Path
from typing import Any

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


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    """Writes rows with a header line."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
