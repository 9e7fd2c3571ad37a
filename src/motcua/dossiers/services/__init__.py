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
from ._parts import open_parts
from ._reviews import Finding, ReviewChanged
from .bulk import BulkApology, copy_dossiers, put_out_apologies, reserve_numbers
from .exporting import record_export
from .intake import (
    accept_dossier,
    discharge_obligation,
    refuse_dossier,
    request_intake_supplement,
    return_result,
)
from .lateness import apologise, extend_dossier, state_cause
from .learning import learn
from .lookups import forget_failed_lookups, note_failed_lookup
from .opening import Attachment, open_dossier
from .pleas import (
    approve_further_round,
    ask_further_intake_round,
    ask_further_round,
    decline_further_round,
    decline_withdrawal,
    grant_withdrawal,
    request_withdrawal,
)
from .printing import print_paper
from .recalibrating import Progress, begin_recalibration, recalibrate_some
from .receiving import Came, FeeNote, Presented, receive_dossier
from .reviewing import review_components
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
from .silence import stop_for_silence, warn_of_silence
from .supplements import supplement_dossier, withdraw_dossier
from .waiting import consult_agency, hear_from_agency, resume_settlement, suspend_settlement
from .waking import keep_pulse, read_notices, wake_dossiers

__all__ = [
    "AlreadyPromised",
    "Attachment",
    "BulkApology",
    "Came",
    "CauseIsMissing",
    "DifferenceNeedsAReason",
    "FeeNote",
    "Finding",
    "Incomplete",
    "NoExtensionLeft",
    "NotAllowed",
    "NotLate",
    "NotTheApplicant",
    "NotTheHolder",
    "NotYourRole",
    "Presented",
    "Progress",
    "ReviewChanged",
    "TheStateForbidsIt",
    "accept_dossier",
    "apologise",
    "approve_further_round",
    "ask_further_intake_round",
    "ask_further_round",
    "assign_dossier",
    "begin_recalibration",
    "consult_agency",
    "copy_dossiers",
    "decide_dossier",
    "decline_further_round",
    "decline_withdrawal",
    "discharge_obligation",
    "extend_dossier",
    "forget_failed_lookups",
    "grant_withdrawal",
    "hand_over_shift",
    "hear_from_agency",
    "impose_obligation",
    "keep_pulse",
    "learn",
    "note_failed_lookup",
    "open_dossier",
    "open_parts",
    "print_paper",
    "propose_outcome",
    "put_out_apologies",
    "read_notices",
    "recalibrate_some",
    "receive_dossier",
    "record_export",
    "refuse_dossier",
    "request_intake_supplement",
    "request_supplement",
    "request_withdrawal",
    "reserve_numbers",
    "resume_settlement",
    "return_result",
    "review_components",
    "send_back_dossier",
    "state_cause",
    "stop_dossier",
    "stop_for_silence",
    "supplement_dossier",
    "suspend_settlement",
    "take_up_dossier",
    "wake_dossiers",
    "warn_of_silence",
    "withdraw_dossier",
]
