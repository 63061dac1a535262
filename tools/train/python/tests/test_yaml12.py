import tempfile
import unittest
from pathlib import Path

from mispriced_train.yaml12 import read_yaml

TEXT = """
no: NO
yes: yes
ratio: 1:30
day: 2010-07-01
flag: true
nothing: null
empty:
count: 012
float: 1.5e3
"""


class ReadYaml(unittest.TestCase):
    def test_keeps_to_version_1_2(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.yaml"
            path.write_text(TEXT)
            self.assertEqual(
                read_yaml(path),
                {
                    "no": "NO",
                    "yes": "yes",
                    "ratio": "1:30",
                    "day": "2010-07-01",
                    "flag": True,
                    "nothing": None,
                    "empty": None,
                    "count": 12,
                    "float": 1500.0,
                },
            )
