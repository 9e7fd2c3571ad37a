"""The index of Decision 766 out of the figures: for the city, agencies, communes and officers."""

from .announcements import judged
from .catalogue import competence_of, payable_online
from .figures import Figures, figures, recorded, scores_of_officers
from .filings import Ways, ways_of
from .subjects import NoSuchSubject, Subject, Subjects, subjects
from .verification import Difference, Verification, verify

__all__ = [
    "Difference",
    "Figures",
    "NoSuchSubject",
    "Subject",
    "Subjects",
    "Verification",
    "Ways",
    "competence_of",
    "figures",
    "judged",
    "payable_online",
    "recorded",
    "scores_of_officers",
    "subjects",
    "verify",
    "ways_of",
]
