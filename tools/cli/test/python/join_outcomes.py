"""Joins a decisions.csv with how its loans ended, and measures q and r on them with scikit-learn."""

import csv
import json
import sys

from loan_file import read_loans
from sklearn.metrics import roc_auc_score


def measure(decisions: str, loans: str) -> dict[str, float]:
    """The area under the ROC curve of both views, over every scored loan."""
    outcomes = read_loans(loans)
    with open(decisions, newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["q"] != ""]
    lost = [int(outcomes[row["id"]]["default"]) for row in rows]
    auc = {
        name: float(roc_auc_score(lost, [float(row[name]) for row in rows])) for name in ("q", "r")
    }
    return {"loans": len(rows), "lost": sum(lost), **auc}


if __name__ == "__main__":
    json.dump(measure(**json.load(sys.stdin)), sys.stdout)
