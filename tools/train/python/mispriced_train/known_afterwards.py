"""Columns that tell how a loan ended: a feature made of one would predict the past."""

from .feature_set import FeatureSet, ListingSource
from .problems import Problems

# LendingClub's loan files, all years. `funded_amnt` is what investors had lent in the end;
# `meets_credit_policy` judges old loans by a later policy; a fico called "last" is of the last
# credit report, not of the application's.
_COLUMNS = (
    "loan_status",
    "default",
    "last_pymnt_d",
    "total_pymnt",
    "total_pymnt_inv",
    "total_rec_prncp",
    "total_rec_int",
    "total_rec_late_fee",
    "recoveries",
    "collection_recovery_fee",
    "last_pymnt_amnt",
    "next_pymnt_d",
    "last_credit_pull_d",
    "last_fico_range_high",
    "last_fico_range_low",
    "out_prncp",
    "out_prncp_inv",
    "funded_amnt",
    "funded_amnt_inv",
    "meets_credit_policy",
    "pymnt_plan",
    "issue_d",
    "deferral_term",
    "payment_plan_start_date",
    "orig_projected_additional_accrued_interest",
    "debt_settlement_flag",
    "debt_settlement_flag_date",
)
_PREFIXES = ("hardship", "settlement")


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


_PLAIN_COLUMNS = {_plain(name) for name in _COLUMNS}


def is_known_afterwards(name: str) -> bool:
    """Whether a column, or an API field of the same words, is known only after a loan was made."""
    plain = _plain(name)
    return plain in _PLAIN_COLUMNS or plain.startswith(_PREFIXES)


def add_known_afterwards(features: FeatureSet, problems: Problems) -> None:
    """Names every use of such a column as price, group, key or feature."""
    used: list[tuple[str, ListingSource]] = [("price", features.price), ("group", features.group)]
    for own in features.own_data:
        used.extend((f"a key of {own.name}", key.source) for key in own.keys)
    for feature in features.features:
        if feature.source is not None:
            used.append((f"feature {feature.name}", feature.source))
    for where, source in used:
        for name in dict.fromkeys((source.column, source.field)):
            if is_known_afterwards(name):
                problems.add(
                    "FEATURES_INVALID",
                    f"{where} reads {name}, which is known only after a loan was made.",
                    "Use what a listing shows; a model that looks ahead fails when it trades.",
                )
