"""The files that the command line has read, checked and typed: the one reader is TypeScript's.

A user's CSV or Parquet file is never parsed here, so that training and running cannot read it
differently.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet

# Columns by name: doubles, NaN where missing, or objects that are text or None.
Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Source:
    """The file a user gave: its name for messages, and the SHA-256 of its bytes."""

    where: str
    sha256: str


@dataclass(frozen=True)
class HandedOver:
    """A folder of typed files, as tools/train/src/files/hand-over.ts writes it."""

    folder: Path
    loans: Source
    own_data: dict[str, Source]

    def columns(self, name: str) -> Columns:
        """The columns of `loans`, of `listings` or of `own-<set>`."""
        table = pyarrow.parquet.read_table(self.folder / f"{name}.parquet")
        return {
            column: table.column(column).to_numpy(zero_copy_only=False)
            for column in table.column_names
        }


def handed_over(folder: Path) -> HandedOver:
    """The folder's contents; an OSError where there is none."""
    described = json.loads((folder / "files.json").read_text("utf-8"))
    return HandedOver(
        folder=folder,
        loans=Source(**described["loans"]),
        own_data={
            own["name"]: Source(own["where"], own["sha256"]) for own in described["ownData"]
        },
    )
