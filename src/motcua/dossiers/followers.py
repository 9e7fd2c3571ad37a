"""The slow half of our own acts: what dossiers hear from below."""

from motcua.calendars.events import ChangeApproved
from motcua.kernel.ledger.followers import follower
from motcua.kernel.ledger.models import LedgerEvent

from . import services


@follower("dossiers.recalibrations", ChangeApproved)
def ask_for_recalibration(event: LedgerEvent) -> None:
    """Have open dossiers counted anew where the approved change of the calendar says so."""
    approved = ChangeApproved.of(event)
    if approved.recalculates:
        services.begin_recalibration(
            change_id=approved.change, edition=approved.edition, at=event.occurred_at
        )
