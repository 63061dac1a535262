import random
import tempfile
import unittest
from pathlib import Path

import numpy as np

from mispriced_train.as_of import NO_ROW, join_as_of
from mispriced_train.feature_set import parse_feature_set
from mispriced_train.handed_over import handed_over
from mispriced_train.own_data_table import OwnDataTable, read_own_data

from .small_market import features, first_day, loan_rows, write_files

LAG, STALE = 2, 3


class OwnDataCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def read(self, rates: list[dict[str, str]] | None = None) -> list[OwnDataTable]:
        files = write_files(self.folder / "files", features(), loan_rows(1), rates)
        return read_own_data(handed_over(files), parse_feature_set(features()))


class AsOf(OwnDataCase):
    def test_uses_the_newest_published_value_for_any_gaps(self) -> None:
        random_ = random.Random(1)
        for _ in range(50):
            months = sorted(random_.sample(range(24_096, 24_120), 8))
            rows = [{"month": first_day(m), "state": "NO", "rate": str(m)} for m in months]
            random_.shuffle(rows)
            rates = self.read(rows)[0]
            for month in range(24_090, 24_130):
                found, why = join_as_of(rates, ["NO"], np.array([month]))
                usable = [m for m in months if m + LAG <= month]
                fresh = [m for m in usable if month - LAG - m <= STALE]
                if fresh:
                    self.assertEqual(rates.values["rate"][found[0]], max(fresh))
                    self.assertEqual(why[0], "")
                else:
                    reason = "own-data-stale" if usable else "own-data-not-yet-known"
                    self.assertEqual((found[0], why[0]), (NO_ROW, reason))

    def test_keeps_leading_zeros_and_names_unknown_keys(self) -> None:
        areas = self.read()[1]
        found, why = join_as_of(areas, ["005", "5", None], np.array([1, 1, 1]))
        self.assertEqual(areas.values["income"][found[0]], 51000.5)
        self.assertEqual(why.tolist(), ["", "no-own-data", "no-own-data"])
