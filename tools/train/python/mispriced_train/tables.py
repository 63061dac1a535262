"""Files of rows (CSV, gzipped CSV, Parquet), column by column and as they came."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet

from .problems import Problems
from .values import RawValue


@dataclass(frozen=True)
class RawColumn:
    """The distinct values of a column and, for each row, which: a loan file repeats itself."""

    distinct: list[RawValue]
    codes: np.ndarray

    def map(self, convert: Callable[[RawValue], Any], dtype: Any) -> np.ndarray:
        """Converts each distinct value once."""
        converted = np.empty(len(self.distinct), dtype=dtype)
        for index, value in enumerate(self.distinct):
            converted[index] = convert(value)
        return converted[self.codes]

    def take(self, rows: np.ndarray) -> "RawColumn":
        """Only these rows; values that occur in none of them are forgotten."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        return RawColumn([self.distinct[code] for code in used], codes)


@dataclass(frozen=True)
class Table:
    """A file's wanted columns, its number of rows and the SHA-256 of its bytes."""

    path: Path
    sha256: str
    rows: int
    columns: dict[str, RawColumn]


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def column_names(path: Path, problems: Problems) -> list[str]:
    """The columns of a file, none (and a problem) where it cannot be read."""
    try:
        if path.suffix == ".parquet":
            return list(pyarrow.parquet.read_schema(path).names)
        return list(pd.read_csv(path, nrows=0).columns)
    except FileNotFoundError:
        problems.add("DATA_MISSING", f"There is no file {path}.", "Check the path.")
    except Exception as error:  # each reader has errors of its own, all of them about the file
        _add_unreadable(path, error, problems)
    return []


def read_table(path: Path, wanted: list[str], problems: Problems) -> Table | None:
    """Reads the wanted columns; an empty cell is missing. None (and a problem) on failure."""
    try:
        if path.suffix == ".parquet":
            frame = pd.read_parquet(path, columns=wanted)
        else:
            frame = pd.read_csv(path, usecols=wanted, dtype=str, keep_default_na=False)
        columns = {name: _raw_column(frame[name]) for name in wanted}
        return Table(path, sha256_of(path), len(frame), columns)
    except Exception as error:  # see above
        _add_unreadable(path, error, problems)
        return None


def _raw_column(series: pd.Series) -> RawColumn:
    codes, distinct = pd.factorize(series, use_na_sentinel=True)
    values: list[RawValue] = [_raw_value(value) for value in distinct]
    if (codes < 0).any():
        codes = np.where(codes < 0, len(values), codes)
        values.append(None)
    return RawColumn(values, codes)


def _raw_value(value: Any) -> RawValue:
    if isinstance(value, str):
        return value if value != "" else None
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, (int, float)) else str(value)


def _add_unreadable(path: Path, error: Exception, problems: Problems) -> None:
    problems.add(
        "DATA_INVALID",
        f"{path} cannot be read: {str(error).strip().splitlines()[0] if str(error) else error!r}",
        "Give a CSV file with a header line (.csv or .csv.gz), or a Parquet file (.parquet).",
    )
