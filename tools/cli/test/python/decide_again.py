"""Makes the strategy's decisions a second time, from the q and r that it wrote down.

It shares nothing with the strategy but the words of the contract: money is `decimal`, the loans'
amounts are read from the loan file itself, and what may still be bought is worked out anew for every
loan from the list of what was bought before it.

Reads one JSON value from standard input and prints one: for each line of decisions.csv that has a q,
best first, its id, edge, decision, amount and reason.
"""

import csv
import json
import sys
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from typing import Any, NamedTuple

from loan_file import read_loans

CENT = Decimal("0.01")
NOTE = Decimal(25)


class Candidate(NamedTuple):
    """A loan that has both views of its risk."""

    edge: float
    id: str
    group: str


class Purchase(NamedTuple):
    """A loan that is to be bought."""

    group: str
    dollars: Decimal


def read_candidates(path: str) -> list[Candidate]:
    """Reads the scored lines of a decisions.csv, best first."""
    with open(path, newline="") as file:
        scored = [row for row in csv.DictReader(file) if row["q"] != ""]
    return sorted(Candidate(float(row["q"]) - float(row["r"]), row["id"], row["group"]) for row in scored)


def ceilings(
    loan: Decimal, group: str, bought: list[Purchase], request: dict[str, Any]
) -> list[tuple[str, Decimal]]:
    """What each limit still allows of a loan; of equal ones the first gives a skip its name."""
    limits = request["limits"]
    spent = sum((purchase.dollars for purchase in bought), Decimal(0))
    in_group = sum((each.dollars for each in bought if each.group == group), Decimal(0))
    share = (loan * Decimal(limits["listingShare"])).quantize(CENT, rounding=ROUND_DOWN)
    found = [("listing-share-limit", share)]
    if group in limits["perGroup"]:
        found.append(("group-limit", Decimal(limits["perGroup"][group]) - in_group))
    return [
        *found,
        ("run-limit", Decimal(limits["perRun"]) - spent),
        ("cash-limit", Decimal(request["cash"]) - spent),
        ("below-minimum-order", min(loan, Decimal(limits["perOrder"]))),
    ]


def most_filled(dollars: Decimal) -> Decimal:
    """The market may fill an order up to its next multiple of 25 dollars."""
    return (dollars / NOTE).to_integral_value(rounding=ROUND_CEILING) * NOTE


def decide(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Decides one loan after the other."""
    step, minimum = (Decimal(request["limits"][name]) for name in ("step", "minimumOrder"))
    loans = read_loans(request["loans"])
    held = set(request["held"])
    bought: list[Purchase] = []
    for edge, loan_id, group in read_candidates(request["decisions"]):
        dollars = Decimal(0)
        if edge >= -request["threshold"]:
            reason = "edge-within-threshold"
        elif loan_id in held:
            reason = "already-held"
        else:
            loan = Decimal(loans[loan_id]["loan_amnt"])
            allowed = ceilings(loan, group, bought, request)
            least = min(max(room, Decimal(0)) for _, room in allowed)
            whole_steps = least // step * step
            while whole_steps > 0 and most_filled(whole_steps) > least:
                whole_steps -= step
            if whole_steps > 0 and whole_steps >= minimum:
                dollars, reason = whole_steps, "edge-beyond-threshold"
                bought.append(Purchase(group, most_filled(dollars)))
            else:
                reason = next(name for name, room in allowed if max(room, Decimal(0)) == least)
        yield {
            "id": loan_id,
            "edge": edge,
            "decision": "buy" if dollars else "skip",
            "amount": str(dollars.quantize(CENT)),
            "reason": reason,
        }


if __name__ == "__main__":
    json.dump(list(decide(json.load(sys.stdin))), sys.stdout)
