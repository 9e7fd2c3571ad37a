"""The index of Decision 766 out of the figures: for the city, agencies, communes and officers."""

from .announcements import judged
from .catalogue import PublishedPart, competence_of, payable_online
from .figures import Figures, figures, recorded, scores_of_officers
from .filings import Ways, ways_of
from .listing import Listed, Reason, can_list, listed
from .subjects import NoSuchSubject, Subject, Subjects, subjects
from .verification import Difference, Verification, verify

__all__ = [
    "Difference",
    "Figures",
    "Listed",
    "NoSuchSubject",
    "PublishedPart",
    "Reason",
    "Subject",
    "Subjects",
    "Verification",
    "Ways",
    "can_list",
    "competence_of",
    "figures",
    "judged",
    "listed",
    "payable_online",
    "recorded",
    "scores_of_officers",
    "subjects",
    "verify",
    "ways_of",
]
