"""Everything that changes a draft, and the one act that turns a filing into a dossier."""

from motcua.offices.queries import UnitIsClosed

from ._keys import KeyWasUsedOtherwise
from .drafts import (
    DRAFT_LIFE,
    DraftIsSubmitted,
    PageIsNotOpen,
    attach_file,
    discard_draft,
    discard_stale_drafts,
    remove_file,
    save_page,
    save_unfinished,
    start_draft,
)
from .submitting import (
    FilingHasProblems,
    NoSuchDraft,
    OnlineFilingIsNotOffered,
    Paper,
    VersionWasReplaced,
    submit_draft,
    submit_filing,
)
from .supplements import attach_supplement, remove_supplement, submit_supplement
from .taking_in import Counter, OwnerSaid, take_in

__all__ = [
    "DRAFT_LIFE",
    "Counter",
    "DraftIsSubmitted",
    "FilingHasProblems",
    "KeyWasUsedOtherwise",
    "NoSuchDraft",
    "OnlineFilingIsNotOffered",
    "OwnerSaid",
    "PageIsNotOpen",
    "Paper",
    "UnitIsClosed",
    "VersionWasReplaced",
    "attach_file",
    "attach_supplement",
    "discard_draft",
    "discard_stale_drafts",
    "remove_file",
    "remove_supplement",
    "save_page",
    "save_unfinished",
    "start_draft",
    "submit_draft",
    "submit_filing",
    "submit_supplement",
    "take_in",
]
