"""One duty with its proof, what an agency owes, and what it should look at."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet

from motcua.offices.queries import Mandate
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.lifecycle import DUTY_LIFECYCLE, OWED_STATES, UNSOLVED_STATES, Party
from motcua.plans.models import Duty, Evidence, Plan, Reminder


class NoSuchDuty(Exception):
    """There is no such duty, or not for this officer."""


def duty_for(mandate: Mandate, duty_id: int) -> Duty:
    """
    Return a duty that the officer may see, with its plan.

    :raises NoSuchDuty: if there is none, or it is another agency's
    """
    duty = (
        Duty.objects.filter(pk=duty_id)
        .select_related(
            "task__plan__keeper", "task__plan__overseer", "agency", "reported_by", "judged_by"
        )
        .first()
    )
    theirs = agencies_acted_for(mandate)
    if duty is None or not (duty.agency_id in theirs or duty.task.plan.is_overseen_by(theirs)):
        raise NoSuchDuty
    return duty


def evidence_of(duty: Duty) -> QuerySet[Evidence]:
    """Return what proves the duty, in the order it was put there."""
    return Evidence.objects.filter(duty=duty).select_related("file", "added_by").order_by("pk")


def evidence_in(duty: Duty, evidence_id: int) -> Evidence | None:
    """Return one proof of the duty, or None."""
    return evidence_of(duty).filter(pk=evidence_id).first()


def unanswered_duties(agency_ids: Collection[int], on: date) -> QuerySet[Duty]:
    """Return what these agencies still owe on a day: the most urgent first, with its task."""
    return (
        Duty.objects.filter(
            agency_id__in=agency_ids,
            state__in=sorted(OWED_STATES),
            period_first__lte=on,
            task__ended_at__isnull=True,
        )
        .select_related("task__plan", "agency")
        .order_by("due_on", "task__position", "pk")
    )


def waiting_for_keeper(plan: Plan) -> QuerySet[Duty]:
    """Return what was reported and waits to be confirmed, the oldest report first."""
    states = DUTY_LIFECYCLE.states_waiting_on(Party.KEEPER)
    return (
        Duty.objects.filter(task__plan=plan, state__in=sorted(states))
        .select_related("task", "agency")
        .order_by("reported_at", "pk")
    )


def reminders_of(mandate: Mandate) -> QuerySet[Reminder]:
    """Return what still stands of the reminders of the officer's agencies, the unread first."""
    still_owed = Q(duty__state__in=sorted(OWED_STATES)) | Q(
        obstacle__state__in=sorted(UNSOLVED_STATES)
    )
    return (
        Reminder.objects.filter(still_owed, agency_id__in=agencies_acted_for(mandate))
        .select_related("duty__task", "duty__agency", "obstacle__agency", "agency", "read_by")
        .order_by(F("read_at").asc(nulls_first=True), "due_on", "pk")
    )


def unread_reminders(mandate: Mandate) -> QuerySet[Reminder]:
    """Return those of them that nobody has read."""
    return reminders_of(mandate).filter(read_at__isnull=True)
