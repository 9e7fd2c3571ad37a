"""The slow half of our own acts: what dossiers keep from their own history."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from motcua.calendars.events import ChangeApproved
from motcua.kernel.clock import day_of
from motcua.kernel.ledger.followers import Stretch, follower, projection
from motcua.kernel.ledger.models import LedgerEvent

from . import queries, services
from .events import (
    DossierAccepted,
    DossierDecided,
    DossierOpened,
    DossierRefused,
    DossierWithdrawn,
    PartOpened,
    ResultReturned,
)

_COUNTED = (
    DossierOpened,
    DossierAccepted,
    DossierRefused,
    DossierWithdrawn,
    DossierDecided,
    PartOpened,
    ResultReturned,
)


def _count_stretch(stretch: Stretch) -> None:
    services.count_stretch(stretch=stretch, kinds=[event.kind for event in _COUNTED])


@projection("dossiers.daily-counts", *_COUNTED, clear=services.forget_counts, fold=_count_stretch)
def count_daily(events: Sequence[LedgerEvent]) -> None:
    """Count what each one-stop unit received, settled and returned each day, parts apart."""
    counted = queries.counted_as([event.subject_id for event in events])
    steps: Counter[tuple[date, int, str]] = Counter()
    for event in events:
        unit, is_part = counted[event.subject_id]
        kind = event.kind + (services.OF_A_PART if is_part else "")
        steps[day_of(event.occurred_at), unit, kind] += 1
    services.count_steps(steps=steps)


@follower("dossiers.recalibrations", ChangeApproved)
def ask_for_recalibration(event: LedgerEvent) -> None:
    """Have open dossiers counted anew where the approved change of the calendar says so."""
    approved = ChangeApproved.of(event)
    if approved.recalculates:
        services.begin_recalibration(
            change_id=approved.change, edition=approved.edition, at=event.occurred_at
        )
