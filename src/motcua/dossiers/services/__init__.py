"""Everything that changes a dossier. One function, one transaction, one legal act."""

from motcua.dossiers.policies import (
    NotAllowed,
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

__all__ = [
    "Attachment",
    "Came",
    "DifferenceNeedsAReason",
    "FeeNote",
    "Incomplete",
    "NotAllowed",
    "NotTheApplicant",
    "NotTheHolder",
    "NotYourRole",
    "Presented",
    "TheStateForbidsIt",
    "accept_dossier",
    "assign_dossier",
    "copy_dossiers",
    "count_steps",
    "count_stretch",
    "decide_dossier",
    "discharge_obligation",
    "forget_counts",
    "forget_failed_lookups",
    "hand_over_shift",
    "impose_obligation",
    "note_failed_lookup",
    "open_dossier",
    "propose_outcome",
    "receive_dossier",
    "record_export",
    "refuse_dossier",
    "request_intake_supplement",
    "request_supplement",
    "reserve_numbers",
    "return_result",
    "send_back_dossier",
    "stop_dossier",
    "supplement_dossier",
    "take_up_dossier",
    "withdraw_dossier",
]
