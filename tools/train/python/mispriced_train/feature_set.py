"""The feature declaration, as libs/core/src/domain/feature-set.ts defines it.

The launcher has checked it against that schema before; here a broken file is only named.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem, Refused
from .yaml12 import read_yaml

UNSEEN_CATEGORY_CODE = -1
MISSING_CATEGORY_CODE = -2


@dataclass(frozen=True)
class ListingSource:
    """Where a value of a listing stands: the venue's API field and the training file's column."""

    field: str
    column: str


@dataclass(frozen=True)
class OwnDataKey:
    """How a listing finds its row of an own data set."""

    source: ListingSource
    own_column: str
    first_characters: int | None


@dataclass(frozen=True)
class OwnDataDate:
    """The month a row is of, when it may be used, and until when."""

    own_column: str
    lag_months: int
    stale_after_months: int


@dataclass(frozen=True)
class OwnDataSet:
    """A file of the user's own, joined to every listing. Without a date it is static."""

    name: str
    keys: list[OwnDataKey]
    date: OwnDataDate | None
    columns: list[str]

    @property
    def file_columns(self) -> list[str]:
        """The columns by which a file is known to be of this set."""
        date = [] if self.date is None else [self.date.own_column]
        return [*(key.own_column for key in self.keys), *date, *self.columns]


@dataclass(frozen=True)
class Feature:
    """One input of the model. `declared` holds the words that only its type has."""

    name: str
    type: str
    source: ListingSource | None
    missing: Any
    declared: dict[str, Any]

    @property
    def is_category(self) -> bool:
        """Whether it reaches the model as a code."""
        return self.type == "category"

    @property
    def own_column(self) -> tuple[str, str]:
        """The own data set and its column, for a feature of type `own`."""
        return self.declared["ownData"], self.declared["ownColumn"]


@dataclass(frozen=True)
class FeatureSet:
    """Everything a model looks at; `raw` is the file as it was, for the manifest."""

    raw: dict[str, Any]
    name: str
    price: ListingSource
    group: ListingSource
    own_data: list[OwnDataSet]
    features: list[Feature]

    @property
    def loan_columns(self) -> list[str]:
        """The columns of the training file that are needed, each once."""
        sources = [
            self.price,
            self.group,
            *(key.source for own in self.own_data for key in own.keys),
            *(feature.source for feature in self.features if feature.source is not None),
        ]
        return list(dict.fromkeys(source.column for source in sources))


def read_feature_set(path: Path) -> FeatureSet:
    """Reads a feature declaration (YAML, of which JSON is a part)."""
    try:
        return parse_feature_set(read_yaml(path))
    except FileNotFoundError as error:
        raise Refused(
            [Problem("FEATURES_INVALID", f"There is no file {path}.", "Check the path.")]
        ) from error
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"The feature declaration {path} cannot be read: {error!r}"
        fix = "Mend the file; docs/train-a-model.md describes it."
        raise Refused([Problem("FEATURES_INVALID", message, fix)]) from error


def parse_feature_set(raw: dict[str, Any]) -> FeatureSet:
    """The declaration from the value of its file."""
    return FeatureSet(
        raw=raw,
        name=raw["name"],
        price=_source(raw["price"]),
        group=_source(raw["group"]),
        own_data=[_own_data_set(own) for own in raw["ownData"]],
        features=[_feature(feature) for feature in raw["features"]],
    )


def _source(raw: dict[str, Any]) -> ListingSource:
    return ListingSource(raw["field"], raw["column"])


def _own_data_set(raw: dict[str, Any]) -> OwnDataSet:
    keys = [
        OwnDataKey(_source(key), key["ownColumn"], key.get("firstCharacters"))
        for key in raw["keys"]
    ]
    date = raw["date"]
    return OwnDataSet(
        name=raw["name"],
        keys=keys,
        date=None
        if date is None
        else OwnDataDate(date["ownColumn"], date["lagMonths"], date["staleAfterMonths"]),
        columns=list(raw["columns"]),
    )


def _feature(raw: dict[str, Any]) -> Feature:
    source = None if raw["type"] == "own" else _source(raw)
    return Feature(raw["name"], raw["type"], source, raw["missing"], raw)
