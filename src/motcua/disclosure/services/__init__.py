"""Everything that changes a publication: drafted, answered, decided, approved by two, corrected."""

from motcua.disclosure.definitions import NothingToCorrect
from motcua.disclosure.policies import (
    AlreadyDrafted,
    MonthHasNotEnded,
    NamesACitizen,
    NamingIsUndecided,
    NeedsAReason,
    NotALeaderOfTheCity,
    NotAllowed,
    NotAnother,
    NotNamedThere,
    NotTheCitysOffice,
    NotWhatWasRead,
    NotYetApproved,
    RepliedBefore,
    RepliesAreClosed,
    RepliesAreOpen,
    TheStateForbidsIt,
)
from motcua.disclosure.queries import NoSuchPublication

from .approving import (
    approve_publication,
    publish_publication,
    send_back_publication,
    submit_publication,
)
from .correcting import (
    ACorrectionWaits,
    approve_correction,
    propose_correction,
    reject_correction,
)
from .drafting import draft_publication, open_replies, withdraw_publication
from .replying import (
    AmendedToNothingLess,
    NotAPerson,
    amend_line,
    decide_naming,
    reply_to_line,
    strike_line,
)

__all__ = [
    "ACorrectionWaits",
    "AlreadyDrafted",
    "AmendedToNothingLess",
    "MonthHasNotEnded",
    "NamesACitizen",
    "NamingIsUndecided",
    "NeedsAReason",
    "NoSuchPublication",
    "NotALeaderOfTheCity",
    "NotAPerson",
    "NotAllowed",
    "NotAnother",
    "NotNamedThere",
    "NotTheCitysOffice",
    "NotWhatWasRead",
    "NotYetApproved",
    "NothingToCorrect",
    "RepliedBefore",
    "RepliesAreClosed",
    "RepliesAreOpen",
    "TheStateForbidsIt",
    "amend_line",
    "approve_correction",
    "approve_publication",
    "decide_naming",
    "draft_publication",
    "open_replies",
    "propose_correction",
    "publish_publication",
    "reject_correction",
    "reply_to_line",
    "send_back_publication",
    "strike_line",
    "submit_publication",
    "withdraw_publication",
]
