"""What a change of the calendar does to the hours in which a counter answers an online filing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import Limit
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier
from motcua.offices.models import Unit
from motcua.procedures.queries import compiled

# Where the counter has still to say whether it takes the dossier in.
INTAKE_STATES = frozenset({DossierState.SUBMITTED, DossierState.INTAKE_SUPPLEMENT})


@dataclass(frozen=True, kw_only=True)
class IntakeRecounted:
    """The dates at the counter by another edition than before."""

    due_before: datetime
    due_at: datetime
    step_due_at: datetime | None


def agencies_of_units(unit_ids: Iterable[int]) -> dict[int, int]:
    """Return which agency each unit belongs to: its hours are those of the counter."""
    return dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "agency_id"))


def recount_intake(
    dossier: Dossier,
    *,
    edition: int,
    editions: calendars.Editions,
) -> IntakeRecounted | None:
    """
    Return the dates by an edition; None if nothing moves, or a date is not understood.

    Counted from the filing on, as the clock of what was accepted is from the receipt on.
    """
    if dossier.state not in INTAKE_STATES or dossier.intake_due_at is None:
        return None
    version = compiled(dossier.version_id)

    def counted(stands: datetime, limit: Limit) -> datetime:
        # Only a date that is understood is moved: somebody may have set another for a reason.
        for earlier in range(edition - 1, calendars.FIRST_EDITION - 1, -1):
            if working.due_at(editions(earlier), dossier.submitted_at, limit) == stands:
                return working.due_at(editions(edition), dossier.submitted_at, limit)
        return stands

    due_at = counted(dossier.intake_due_at, version.intake_limit)
    if due_at == dossier.intake_due_at:
        return None
    step_due_at = dossier.step_due_at
    step = version.steps.get(dossier.step_key or "")
    if step_due_at is not None and step is not None and step.limit is not None:
        step_due_at = counted(step_due_at, step.limit)
    return IntakeRecounted(due_before=dossier.intake_due_at, due_at=due_at, step_due_at=step_due_at)


def intake_moves(
    dossiers: Sequence[Dossier],
    *,
    edition: int,
    editions_of: Callable[[int], calendars.Editions],
) -> list[tuple[Dossier, IntakeRecounted]]:
    """Return those whose answer at the counter falls due at another moment, with that moment."""
    agencies = agencies_of_units(dossier.receiving_unit_id for dossier in dossiers)
    found = []
    for dossier in dossiers:
        editions = editions_of(agencies[dossier.receiving_unit_id])
        new = recount_intake(dossier, edition=edition, editions=editions)
        if new is not None:
            found.append((dossier, new))
    return found
