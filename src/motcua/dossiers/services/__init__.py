"""Everything that changes a dossier. One function, one transaction, one legal act."""

from motcua.dossiers.policies import (
    AlreadyPromised,
    CauseIsMissing,
    NoExtensionLeft,
    NotAllowed,
    NotLate,
    NotTheApplicant,
    NotTheHolder,
    NotYourRole,
    TheStateForbidsIt,
)

from ._acts import Incomplete
from .bulk import copy_dossiers, reserve_numbers
from .counting import count_steps, count_stretch, forget_counts
from .exporting import record_export
from .intake import (
    accept_dossier,
    discharge_obligation,
    refuse_dossier,
    request_intake_supplement,
    return_result,
)
from .lateness import apologise, extend_dossier, state_cause
from .lookups import forget_failed_lookups, note_failed_lookup
from .opening import Attachment, open_dossier
from .receiving import Came, FeeNote, Presented, receive_dossier
from .settlement import (
    assign_dossier,
    decide_dossier,
    impose_obligation,
    propose_outcome,
    request_supplement,
    send_back_dossier,
    stop_dossier,
    take_up_dossier,
)
from .shifts import DifferenceNeedsAReason, hand_over_shift
from .supplements import supplement_dossier, withdraw_dossier
from .waking import keep_pulse, read_notices, wake_dossiers

__all__ = [
    "AlreadyPromised",
    "Attachment",
    "Came",
    "CauseIsMissing",
    "DifferenceNeedsAReason",
    "FeeNote",
    "Incomplete",
    "NoExtensionLeft",
    "NotAllowed",
    "NotLate",
    "NotTheApplicant",
    "NotTheHolder",
    "NotYourRole",
    "Presented",
    "TheStateForbidsIt",
    "accept_dossier",
    "apologise",
    "assign_dossier",
    "copy_dossiers",
    "count_steps",
    "count_stretch",
    "decide_dossier",
    "discharge_obligation",
    "extend_dossier",
    "forget_counts",
    "forget_failed_lookups",
    "hand_over_shift",
    "impose_obligation",
    "keep_pulse",
    "note_failed_lookup",
    "open_dossier",
    "propose_outcome",
    "read_notices",
    "receive_dossier",
    "record_export",
    "refuse_dossier",
    "request_intake_supplement",
    "request_supplement",
    "reserve_numbers",
    "return_result",
    "send_back_dossier",
    "state_cause",
    "stop_dossier",
    "supplement_dossier",
    "take_up_dossier",
    "wake_dossiers",
    "withdraw_dossier",
]
