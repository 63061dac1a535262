import contextlib
import csv
import io
import json
import tempfile
import unittest
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from mispriced_train.predict import predict
from mispriced_train.problems import Refused
from mispriced_train.train import train
from mispriced_train.training_set import TrainingRequest, read_training_set

from .small_market import features, loan_rows, write_files


class TrainCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def request(
        self,
        declared: dict[str, Any],
        loans: list[dict[str, str]],
        label: str = "charged-off-with-hindsight",
        areas: list[dict[str, str]] | None = None,
    ) -> TrainingRequest:
        path = self.folder / "features.json"
        path.write_text(json.dumps(declared))
        return TrainingRequest(
            files=write_files(self.folder / "files", declared, loans, areas=areas),
            features=path,
            issued_before="2010-01-01",
            label=label,
            estimator="gradient-boosting",
            trees=5,
        )


class Train(TrainCase):
    def test_an_input_is_encoded_as_declared(self) -> None:
        loan = {
            **loan_rows(1)[0],
            "issue_d": "2008-06-01",
            "earliest_cr_line": "2000-05-01",
            "emp_length": "10+ years",
            "home_ownership": "TENT",
            "addr_state": "NO",
            "zip_code": "100xx",
        }
        loans = [loan, *loan_rows(1_500)]
        request = self.request(features(), loans)
        training = read_training_set(request)
        model = training.fit(request)
        row = model.input_of(training.rows)[0].tolist()
        self.assertEqual(row[1:4], [120.0, 97.0, -1.0])
        self.assertEqual(row[4], float(np.float32(4.3 - (4.3 + 9.3) / 2)))
        self.assertEqual(row[5], model.fills["income"])
        months = {"< 1 year": 0.0, "10+ years": 120.0}
        lengths = [months[row["emp_length"]] for row in loans if row["emp_length"] in months]
        expected = {"employment": median(lengths), "history": 0.0, "income": 51000.5}
        self.assertEqual(model.fills, expected)

    def test_the_same_input_gives_the_same_bytes(self) -> None:
        request = self.request(features(), loan_rows(1_500))
        for name in ("one", "two"):
            train(request, self.folder / name, 1_000)
        for name in ("model.onnx", "manifest.json", "parity.csv"):
            one, two = (self.folder / out / name for out in ("one", "two"))
            self.assertEqual(one.read_bytes(), two.read_bytes(), name)
        with (self.folder / "one" / "parity.csv").open() as file:
            rows = list(csv.DictReader(file))
        self.assertGreater(len(rows), 1_000)
        self.assertTrue(any(row["text:homeOwnership"] == "" for row in rows))
        self.assertTrue(any(row["text:homeOwnership"].startswith("planted") for row in rows))

    def test_predictions_of_listings_are_those_of_the_parity_set(self) -> None:
        request = self.request(features(), loan_rows(1_500))
        train(request, self.folder / "one", 1_000)
        out = self.folder / "listings.csv"
        predict(request, "2009-12-15", out)
        with out.open() as file:
            predicted = {row["id"]: (row["q"], row["r"]) for row in csv.DictReader(file)}
        with (self.folder / "one" / "parity.csv").open() as file:
            shared = [row for row in csv.DictReader(file) if row["id"] in predicted]
        self.assertGreater(len(shared), 20)
        for row in shared:
            self.assertEqual(predicted[row["id"]], (row["q"], row["r"]))

    def test_rows_are_dropped_for_the_declared_reasons(self) -> None:
        declared = features()
        declared["features"][3] |= {"unseen": "drop", "missing": "drop"}
        loans = loan_rows(1_500)
        for row, change in zip(
            loans,
            [{"int_rate": ""}, {"addr_state": "XX"}, {"issue_d": "2007-01-01"}],
            strict=False,
        ):
            row.update(change)
        rest = loans[3:]
        training = read_training_set(self.request(declared, loans))
        expected = {
            "invalid-listing": 1,
            "missing-value": sum(row["home_ownership"] == "" for row in rest),
            "no-own-data": 1,
            "own-data-not-yet-known": 1,
            "unseen-category": sum(row["home_ownership"] == "TENT" for row in rest),
        }
        self.assertEqual(training.dropped, expected)


class Refusals(TrainCase):
    def problems(self, request: TrainingRequest) -> list[str]:
        with self.assertRaises(Refused) as refused:
            train(request, self.folder / "out", 1_000)
        self.assertFalse((self.folder / "out").exists())
        return [problem.message for problem in refused.exception.problems]

    def test_own_data_that_joins_nothing_is_said_with_keys_of_both(self) -> None:
        areas = [{"zip3": "5", "income": "1"}]
        said = self.problems(self.request(features(), loan_rows(300), areas=areas))
        self.assertRegex(said[0], r'^loans\.csv: 0 loans left: 300 no-own-data, such as "[01]')
        self.assertIn('where areas has such as "5"', said[0])

    def test_own_data_of_a_minority_is_said_and_trained_on(self) -> None:
        loans = loan_rows(1_500)
        for row in loans[::4] + loans[1::4] + loans[2::4]:
            row["zip_code"] = "777xx"
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            train(self.request(features(), loans), self.folder / "out", 1_000)
        self.assertRegex(
            said.getvalue(),
            r'MOST LOANS DO NOT JOIN: loans\.csv: 375 loans left: 1125 no-own-data, such as "777"',
        )

    def test_no_loan_left_is_said_with_the_reasons(self) -> None:
        loans = [{**row, "int_rate": ""} for row in loan_rows(300)]
        said = self.problems(self.request(features(), loans))
        self.assertIn("0 loans with 0 losses among them are left to train on (300 inval", said[0])

    def test_too_few_loans_are_refused(self) -> None:
        said = self.problems(self.request(features(), loan_rows(150)))
        self.assertRegex(said[0], "150 loans with [0-9]+ losses")

    def test_a_folder_with_other_files_is_left_alone(self) -> None:
        out = self.folder / "mine"
        out.mkdir()
        (out / "thesis.txt").write_text("years of work")
        with self.assertRaises(Refused) as refused:
            train(self.request(features(), loan_rows(300)), out, 1_000)
        self.assertIn("holds other files: thesis.txt", refused.exception.problems[0].message)
        self.assertTrue((out / "thesis.txt").exists())


class NotMeasured(TrainCase):
    def test_a_column_that_starts_late_is_not_measured_and_no_refusal(self) -> None:
        loans = loan_rows(1_500)
        for row in loans:
            if row["issue_d"] < "2009-09-01":
                row["emp_length"] = ""
        request = self.request(features(), loans)
        done = train(request, self.folder / "late", 1_000)
        self.assertEqual(done["withoutCurveInMeasurement"], 0)
        manifest = json.loads((self.folder / "late" / "manifest.json").read_text())
        self.assertEqual(manifest["metrics"]["rows"], 0)
        self.assertIsNone(manifest["metrics"]["q"]["rocAuc"])
