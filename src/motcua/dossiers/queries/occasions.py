"""What time brings to a dossier, by its agency's calendar and the leads that the city chose."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from django.conf import settings

from motcua.calendars import queries as calendars
from motcua.dossiers.definitions import Leads, Occasion, Timed, occasions_of
from motcua.dossiers.lifecycle import CLOSED_STATES, DossierState
from motcua.dossiers.models import Dossier
from motcua.procedures.definitions import Version

from .dossiers import limit_of
from .supplements import answer_rule_of


def leads() -> Leads:
    """Return how long before and how often after the city tells its officers."""
    return Leads(
        share=Fraction(settings.WARNING_PERCENT, 100),
        longest=timedelta(hours=settings.WARNING_HOURS),
        again=timedelta(hours=settings.ESCALATION_HOURS),
        silence=timedelta(hours=settings.SILENCE_WARNING_HOURS),
    )


def occasions_in(dossier: Dossier, version: Version, *, at: datetime) -> list[Occasion]:
    """Return what stands at this moment and what comes next, in order; nothing once closed."""
    state = DossierState(dossier.state)
    if state in CLOSED_STATES:
        return []
    step = version.steps[dossier.step_key] if dossier.step_key else None
    return occasions_of(
        Timed(
            state=state,
            intake_due_at=dossier.intake_due_at,
            intake_limit=version.intake_limit,
            step_due_at=dossier.step_due_at,
            step_limit=step.limit if step else None,
            due_at=dossier.due_at,
            limit=limit_of(dossier, version),
            promised_at=dossier.promised_at,
            answer_due_at=dossier.answer_due_at,
        ),
        leads=replace(leads(), silence=answer_rule_of(version).warn_before),
        calendar=calendars.city_calendar(dossier.settling_agency_id),
        at=at,
    )


def wakes_at(dossier: Dossier, version: Version, *, at: datetime) -> datetime | None:
    """Return when time must be asked next about a dossier to which something just happened."""
    # What already stands counts too: the waking looks whether it was met.
    occasions = occasions_in(dossier, version, at=at)
    return occasions[0].at if occasions else None
