"""What every act on a dossier has in common: the lock, and the one place that moves a state."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.definitions import has_form_on
from motcua.dossiers.events import DossierMoved, WholeDueMoved
from motcua.dossiers.lifecycle import (
    AWAITING_ANSWER,
    CLOSED_STATES,
    DOSSIER_LIFECYCLE,
    DossierState,
    Paper,
    Party,
)
from motcua.dossiers.models import Dossier, Plea, PleaAnswer, SupplementRequest
from motcua.dossiers.policies import check_officer_may
from motcua.dossiers.queries import clock_events_of, due_of_whole, limit_of, wakes_at
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.events import Event
from motcua.kernel.lifecycle import ClockEffect
from motcua.kernel.memory import remembered
from motcua.offices.models import UnitRole
from motcua.offices.queries import Mandate, unit_with_role
from motcua.procedures.definitions import Step, Version
from motcua.procedures.queries import compiled

from . import _papers
from ._refusals import Incomplete, required_text

__all__ = [
    "MOVABLE",
    "Incomplete",
    "begin",
    "enter_step",
    "follow_part",
    "locked",
    "move",
    "note",
    "person",
    "required_text",
    "resume_clock",
    "step_due_at",
]


def locked(dossier_id: UUID) -> Dossier:
    """
    Return the dossier, held against every other writer until the transaction ends.

    Of a part, the linked dossier it belongs to is held first. Whoever acts on the whole holds it
    and then its parts, so all wait in one order, and never for each other.
    """
    # A third of what the query builder costs for the same words; every act begins here.
    [dossier] = Dossier.objects.raw(_LOCKED, [dossier_id])
    return dossier


# The inner lock is taken while rows are read, the outer one when they are handed out. Which
# whole a part belongs to never changes, so it may be read before anything is held.
_LOCKED = """
    SELECT dossier.* FROM dossier
    LEFT JOIN LATERAL (
        SELECT whole.id FROM dossier AS whole WHERE whole.id = dossier.parent_id
        FOR NO KEY UPDATE
    ) AS whole ON TRUE
    WHERE dossier.id = %s
    FOR NO KEY UPDATE OF dossier
"""


def begin(verb: str, dossier_id: UUID, mandate: Mandate) -> tuple[Dossier, Version]:
    """
    Return the dossier, locked, with its version, for an officer who may do this now.

    :raises NotAllowed: one of its kinds, if this officer may not
    """
    dossier = locked(dossier_id)
    version = compiled(dossier.version_id)
    check_officer_may(verb, mandate, dossier, version)
    return dossier, version


def move(
    dossier: Dossier,
    verb: str,
    *,
    tell: Callable[..., DossierMoved],
    actor: str,
    at: datetime,
    said: Mapping[str, Any] | None = None,
    **details: Any,
) -> None:
    """
    Take the dossier to where the verb leads, save it, and put that on record: one statement.

    The only place that assigns `state`, and so the only one that tells of it. Whatever the
    constraints tie to the state must be set before, so that it all changes in one UPDATE.

    Where the law puts out a paper, it is issued here: `details` stand on record and on the paper,
    what was `said` besides on the paper only.
    """
    before = DossierState(dossier.state)
    after = DOSSIER_LIFECYCLE.target_of(verb, state=before)
    paper = DOSSIER_LIFECYCLE.transition(verb).issues
    dossier.state = after
    if after in CLOSED_STATES:
        dossier.step_key = None
        dossier.step_unit_id = None
        dossier.step_due_at = None
        dossier.holder_id = None
    if after != DossierState.AWAITING_AGENCY:
        dossier.waits_for = None
    if after not in AWAITING_ANSWER:
        dossier.answer_due_at = None
    event = tell(
        verb=verb,
        from_state=before.value,
        to_state=after.value,
        step=dossier.step_key,
        unit=dossier.step_unit_id,
        **details,
    )
    _save(dossier, event, is_quiet=after not in CLOCK_RUNS_IN, actor=actor, at=at)
    # Last, for the next of the agency's papers waits for the number until this act is committed.
    if paper is not None and has_form_on(Paper(paper), day_of(at)):
        _papers.issue(dossier, paper, actor=actor, at=at, facts={**details, **(said or {})})


def note(dossier: Dossier, *, tell: Event, actor: str, at: datetime, **columns: Any) -> None:
    """
    Save what an act changed besides the state, and put that on record: one statement.

    For acts after which the dossier stands where it stood: an extension, a new promise, a cause.
    """
    for column, value in columns.items():
        assert column in MOVABLE, f"{column} is not saved by an act"
        assert column != "state", "only move() assigns the state"
        setattr(dossier, column, value)
    _save(dossier, tell, is_quiet=False, actor=actor, at=at)


def _save(dossier: Dossier, event: Event, *, is_quiet: bool, actor: str, at: datetime) -> None:
    dossier.wakes_at = wakes_at(dossier, compiled(dossier.version_id), at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            _SAVE,
            [
                *(getattr(dossier, column) for column in MOVABLE),
                dossier.pk,
                at,
                dossier.pk,
                isinstance(event, DossierMoved),
                is_quiet,
                dossier.due_at,
                dossier.subject.type,
                *ledger.told(event, actor=actor, at=at),
            ],
        )
        assert cursor.fetchone() is not None  # the row was there when it was locked
    ledger.announce()
    if dossier.parent_id is not None:
        follow_part(dossier, actor=actor, at=at)


def follow_part(part: Dossier, *, actor: str, at: datetime) -> None:
    """Let a linked dossier be due as its parts say now; mostly nothing moves."""
    assert part.parent_id is not None
    whole = locked(part.parent_id)  # held already, before the part
    if whole.due_at is None or whole.completed_at is not None:
        return
    due_at = due_of_whole(whole, compiled(whole.version_id))
    if due_at != whole.due_at:
        moved = WholeDueMoved(
            part=part.part or "",
            code=part.code,
            was=whole.due_at.isoformat(),
            due_at=due_at.isoformat(),
        )
        note(whole, tell=moved, actor=actor, at=at, due_at=due_at)


# Where the office owes something, and so a head who was told of a delay stays told.
CLOCK_RUNS_IN = DOSSIER_LIFECYCLE.states_waiting_on(Party.UNIT)

MOVABLE = (
    "state",
    "step_key",
    "step_unit_id",
    "step_due_at",
    "holder_id",
    "accepted_at",
    "due_at",
    "promised_at",
    "paused_at",
    "waits_for",
    "answer_due_at",
    "completed_at",
    "returned_at",
    "wakes_at",
)
# A dossier that moves on takes its notices with it: the holder's at once, a head's once nothing is
# late any more.
_SAVE = f"""
    WITH moved AS (
        UPDATE dossier SET {", ".join(f"{column} = %s" for column in MOVABLE)}
        WHERE id = %s
        RETURNING id
    ),
    settled AS (
        UPDATE dossier_notice SET done_at = %s
        WHERE dossier_id = %s AND done_at IS NULL
            AND (
                %s AND (NOT escalated OR kind IN ('step_due', 'intake_due'))
                OR %s
                OR %s > due_at AND kind IN ('warning', 'due', 'overdue_again')
            )
    )
    SELECT event.position FROM moved,
        LATERAL ledger_append(%s, moved.id::text, %s, %s, %s, %s) AS event
"""  # noqa: S608  # the columns are those above


def enter_step(dossier: Dossier, version: Version, key: str, *, at: datetime) -> None:
    """Put the dossier before the unit that the step names, with nobody holding it yet."""
    step = version.steps[key]
    dossier.step_key = key
    dossier.step_unit_id = (
        # What the citizen brought to one door is handed over at the same door.
        dossier.receiving_unit_id
        if step.unit_role == UnitRole.ONE_STOP
        else _unit_of_step(
            dossier.settling_agency_id,
            step.unit_role,
            day_of(at),
            version.code,
        )
    )
    dossier.step_due_at = step_due_at(step, agency_id=dossier.settling_agency_id, at=at)
    dossier.holder_id = None


@remembered(seconds=5)
def _unit_of_step(agency_id: int, role: str, on: date, procedure: str) -> int:
    # A unit closed within the last seconds still gets the dossier: it finishes what it has.
    return unit_with_role(agency_id, role, on, procedure=procedure).pk


def step_due_at(step: Step, *, agency_id: int, at: datetime) -> datetime | None:
    """Return when the step should be done, or None where the route sets no time for it."""
    if step.limit is None:
        return None
    return working.due_at(calendars.city_calendar(agency_id), at, step.limit)


def resume_clock(dossier: Dossier, version: Version, *, at: datetime) -> datetime:
    """Let the paused clock run on, and return the new due moment. The caller moves and saves."""
    dossier.due_at = clock.due_at(
        [*clock_events_of(dossier), ClockEvent(effect=ClockEffect.RESUME, at=at)],
        limit=limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=calendars.editions_for(dossier.settling_agency_id),
    )
    dossier.paused_at = None
    return dossier.due_at


def close_requests(dossier: Dossier, *, at: datetime) -> None:
    """Close the request for papers that nobody will answer any more: the dossier ends."""
    SupplementRequest.objects.filter(dossier=dossier, answered_at=None).update(answered_at=at)


def lapse_pleas(dossier: Dossier, *, at: datetime) -> None:
    """Take back from the leader what no longer needs an answer: the dossier ends."""
    Plea.objects.filter(dossier=dossier, answered_at=None).update(
        outcome=PleaAnswer.LAPSED, answered_at=at
    )


def person(person_id: UUID) -> str:
    """Return how the ledger names a person."""
    return f"person:{person_id}"
