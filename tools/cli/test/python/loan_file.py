"""A loan file as the tests need it: a loan's cells by its id."""

import csv
import gzip


def read_loans(path: str) -> dict[str, dict[str, str]]:
    """Reads a loan file, compressed or not."""
    opened = gzip.open(path, "rt", newline="") if path.endswith(".gz") else open(path, newline="")
    with opened as file:
        return {row["loan_id"]: row for row in csv.DictReader(file)}
