import math
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np

from mispriced_train.as_of import NO_ROW, join_as_of
from mispriced_train.feature_set import parse_feature_set
from mispriced_train.own_data import read_own_data
from mispriced_train.own_data_table import OwnDataTable
from mispriced_train.problems import Problems

from .small_market import area_rows, features, first_day, rate_rows, write_csv

LAG, STALE = 2, 3


class OwnDataCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.problems = Problems()

    def read(self, rates: list[dict[str, str]], areas: list[dict[str, str]]) -> list[OwnDataTable]:
        paths = [
            write_csv(self.folder / "areas.csv", areas),
            write_csv(self.folder / "rates.csv", rates),
        ]
        return read_own_data(paths, parse_feature_set(features()), self.problems)


class AsOf(OwnDataCase):
    def test_uses_the_newest_published_value_for_any_gaps(self) -> None:
        random_ = random.Random(1)
        for _ in range(50):
            months = sorted(random_.sample(range(24_096, 24_120), 8))
            rows = [{"month": first_day(m), "state": "NO", "rate": str(m)} for m in months]
            random_.shuffle(rows)
            rates = self.read(rows, area_rows())[0]
            for month in range(24_090, 24_130):
                found, why = join_as_of(rates, [("NO",)], np.array([month]))
                usable = [m for m in months if m + LAG <= month]
                fresh = [m for m in usable if month - LAG - m <= STALE]
                if fresh:
                    self.assertEqual(rates.values["rate"][found[0]], max(fresh))
                    self.assertEqual(why[0], "")
                else:
                    reason = "own-data-stale" if usable else "own-data-not-yet-known"
                    self.assertEqual((found[0], why[0]), (NO_ROW, reason))

    def test_keeps_leading_zeros_and_names_unknown_keys(self) -> None:
        areas = self.read(rate_rows(), area_rows())[1]
        found, why = join_as_of(areas, [("005",), ("5",), (None,)], np.array([1, 1, 1]))
        self.assertEqual(areas.values["income"][found[0]], 51000.5)
        self.assertEqual(why.tolist(), ["", "no-own-data", "no-own-data"])


class Relative(OwnDataCase):
    def test_subtracts_the_mean_summed_in_the_order_of_the_file(self) -> None:
        values = [0.1, 0.2, 0.3, 1e16, 7.7, -1e16]
        rows = [
            {"month": "2008-01-01", "state": str(index), "rate": repr(value)}
            for index, value in enumerate(values)
        ]
        rows.append({"month": "2008-01-01", "state": "empty", "rate": ""})
        rates = self.read(rows, area_rows())[0]
        total = 0.0
        for value in values:
            total += value
        self.assertNotEqual(total, math.fsum(values))
        expected = [value - total / len(values) for value in values]
        self.assertEqual(rates.relative["rate"][:-1].tolist(), expected)
        self.assertTrue(math.isnan(rates.relative["rate"][-1]))


class Matching(OwnDataCase):
    def messages(self) -> str:
        return "\n".join(problem.message for problem in self.problems.found)

    def test_names_every_file_that_fits_no_set_and_every_set_without_a_file(self) -> None:
        path = write_csv(self.folder / "other.csv", [{"a": "1", "b": "2"}])
        read_own_data([path], parse_feature_set(features()), self.problems)
        self.assertIn("other.csv has the columns a, b, which fit no declared", self.messages())
        self.assertIn("No file was given for the own data set rates", self.messages())
        self.assertIn("No file was given for the own data set areas", self.messages())

    def test_refuses_a_file_that_fits_several_sets_and_two_files_of_one(self) -> None:
        both = {**rate_rows()[0], **area_rows()[0]}
        two = write_csv(self.folder / "both.csv", [both])
        once = write_csv(self.folder / "areas.csv", area_rows())
        again = write_csv(self.folder / "again.csv", area_rows())
        read_own_data([two, once, again], parse_feature_set(features()), self.problems)
        self.assertIn("fit several own data sets: rates, areas", self.messages())
        self.assertIn("are both of the own data set areas", self.messages())

    def test_refuses_a_key_given_twice_or_not_at_all(self) -> None:
        self.read([*rate_rows(), rate_rows()[0]], [*area_rows(), {"zip3": "", "income": "1"}])
        self.assertIn("gives NO twice in 2007-01", self.messages())
        self.assertIn("line 4 has an empty key", self.messages())
