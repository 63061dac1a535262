import tempfile
import unittest
from pathlib import Path

from mispriced_train.handed_over import handed_over
from mispriced_train.labels import Label, labelled_rows, outcomes, parse_label
from mispriced_train.loans import Loans, read_loans
from mispriced_train.problems import Problems

from .small_market import features, loan_rows, write_files


def loans_of(changes: list[dict[str, str]]) -> Loans:
    rows = [{**loan_rows(1)[0], **change} for change in changes]
    with tempfile.TemporaryDirectory() as folder:
        return read_loans(handed_over(write_files(Path(folder) / "files", features(), rows)))


class Labels(unittest.TestCase):
    def label(self, loans: Loans, label: Label, known_before: str) -> list[tuple[int, int]]:
        rows = labelled_rows(loans, label, known_before)
        problems = Problems()
        losses = outcomes(loans, label, rows, problems)
        self.assertEqual(problems.found, [])
        return list(zip(rows.tolist(), losses.tolist(), strict=True))

    def test_a_horizon_counts_whole_months_from_the_month_of_issue(self) -> None:
        loan = {"issue_d": "2008-01-01", "default": "1"}
        loans = loans_of(
            [
                {**loan, "last_pymnt_d": "2008-07-01"},  # charged off 2008-12: month 11
                {**loan, "last_pymnt_d": "2008-08-01"},  # charged off 2009-01: month 12
                {**loan, "last_pymnt_d": ""},  # never paid: charged off 2008-06
                {**loan, "last_pymnt_d": "2008-02-01", "default": "0"},  # paid back at once
                {**loan, "last_pymnt_d": "", "default": ""},  # not resolved yet
            ]
        )
        expected = [(0, 1), (1, 0), (2, 1), (3, 0), (4, 0)]
        self.assertEqual(self.label(loans, Label("n", 12), "2009-01-01"), expected)

    def test_a_loan_counts_only_when_its_horizon_has_passed(self) -> None:
        early = {"default": "1", "last_pymnt_d": ""}
        loans = loans_of([{**early, "issue_d": "2008-01-01"}, {**early, "issue_d": "2008-02-01"}])
        self.assertEqual(labelled_rows(loans, Label("n", 12), "2008-12-31").tolist(), [])
        self.assertEqual(labelled_rows(loans, Label("n", 12), "2009-01-01").tolist(), [0])
        self.assertEqual(labelled_rows(loans, Label("n", 12), "2009-02-01").tolist(), [0, 1])
        self.assertEqual(labelled_rows(loans, Label("n", None), "2008-02-01").tolist(), [0])

    def test_hindsight_refuses_loans_that_have_not_ended(self) -> None:
        loans = loans_of([{"default": ""}, {"default": "1"}])
        problems = Problems()
        label = Label("charged-off-with-hindsight", None)
        outcomes(loans, label, labelled_rows(loans, label, "2020-01-01"), problems)
        self.assertIn("1 loans issued before the date have no outcome", problems.found[0].message)

    def test_knows_its_names_only(self) -> None:
        problems = Problems()
        self.assertEqual(parse_label("charged-off-within-18-months", problems).horizon_months, 18)
        self.assertTrue(parse_label("charged-off-with-hindsight", problems).hindsight)
        self.assertEqual(problems.found, [])
        self.assertIsNone(parse_label("charged-off-within-0-months", problems))
        self.assertEqual(len(problems.found), 1)
