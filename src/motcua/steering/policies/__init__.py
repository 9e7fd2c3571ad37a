"""Who may set and explain targets, and what a target may be."""

from .targets import (
    AnsweredAlready,
    BelowTheMinimum,
    MoreThanAll,
    NoSuchPeriod,
    NotForYou,
    NothingToExplain,
    check_may_answer,
    check_may_explain,
    check_may_set,
    check_share,
)

__all__ = [
    "AnsweredAlready",
    "BelowTheMinimum",
    "MoreThanAll",
    "NoSuchPeriod",
    "NotForYou",
    "NothingToExplain",
    "check_may_answer",
    "check_may_explain",
    "check_may_set",
    "check_share",
]
