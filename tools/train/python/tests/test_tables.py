import tempfile
import unittest
from pathlib import Path

import pandas as pd

from mispriced_train.problems import Problems
from mispriced_train.tables import column_names, read_table


class ReadTable(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.problems = Problems()

    def cells(self, path: Path, column: str) -> list[object]:
        table = read_table(path, [column], self.problems)
        assert table is not None, self.problems.found
        return table.columns[column].map(lambda value: value, object).tolist()

    def test_keeps_text_as_it_is(self) -> None:
        path = self.folder / "a.csv"
        path.write_text("zip3,word\n005,NA\n010,\n,None\n")
        self.assertEqual(self.cells(path, "zip3"), ["005", "010", None])
        self.assertEqual(self.cells(path, "word"), ["NA", None, "None"])

    def test_reads_parquet_like_csv(self) -> None:
        path = self.folder / "a.parquet"
        pd.DataFrame({"n": [1.5, None], "t": ["005", None]}).to_parquet(path)
        self.assertEqual(self.cells(path, "n"), [1.5, None])
        self.assertEqual(self.cells(path, "t"), ["005", None])

    def test_names_a_file_that_cannot_be_read(self) -> None:
        broken = self.folder / "a.csv.gz"
        broken.write_bytes(b"no gzip")
        self.assertEqual(column_names(broken, self.problems), [])
        self.assertEqual(column_names(self.folder / "none.csv", self.problems), [])
        self.assertEqual([p.code for p in self.problems.found], ["DATA_INVALID", "DATA_MISSING"])
