"""The index of Decision 766: profiles as dated data, and how counts become points."""

from .honesty import Filings, Sign, SignKind, signs, signs_of
from .profiles import (
    Application,
    Band,
    Criterion,
    Group,
    InvalidProfiles,
    Level,
    NoProfile,
    Profile,
    Scoring,
    Sum,
    Zero,
    profile_in_force,
    profiles,
    read_profiles,
)
from .quantities import Competence, Petitions, Quantity, Tally, amounts_of
from .scoring import CriterionScore, GroupScore, Score, State, rounded, score

__all__ = [
    "Application",
    "Band",
    "Competence",
    "Criterion",
    "CriterionScore",
    "Filings",
    "Group",
    "GroupScore",
    "InvalidProfiles",
    "Level",
    "NoProfile",
    "Petitions",
    "Profile",
    "Quantity",
    "Score",
    "Scoring",
    "Sign",
    "SignKind",
    "State",
    "Sum",
    "Tally",
    "Zero",
    "amounts_of",
    "profile_in_force",
    "profiles",
    "read_profiles",
    "rounded",
    "score",
    "signs",
    "signs_of",
]
