"""
Counting open dossiers anew after a change of the calendar: little by little, never twice.

Each call is one short transaction over some dossiers. It waits for nobody: who is held by somebody
else is left over and asked again at the end. What was done and how far it came are committed
together, and the ledger itself says by which edition a dossier is counted, so that whoever breaks
off or repeats does no harm.

A linked dossier is walked with its parts: they are counted first, and the whole by what they say
then.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.calendars import queries as calendars
from motcua.dossiers import queries
from motcua.dossiers.events import DossierRecalibrated, IntakeRecalibrated
from motcua.dossiers.models import Dossier, Recalibration
from motcua.dossiers.queries import (
    INTAKE_STATES,
    RUNNING_STATES,
    IntakeRecounted,
    Recounted,
    intake_moves,
    is_linked,
    recount,
    recount_whole,
)
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.events import Entry
from motcua.procedures.queries import compiled

from ._acts import follow_part

BATCH = 500
# Processes remember the calendar for seconds: until all know the new edition, somebody may still
# accept a dossier by the old one, behind the back of the walk.
SETTLING = timedelta(seconds=15)
ACTOR = "system"

# A part comes with its whole. No part is open whose whole is not.
_NEXT = """
    SELECT id FROM dossier
    WHERE id > %s AND state = ANY(%s) AND parent_id IS NULL ORDER BY id LIMIT %s
"""
_HELD = """
    SELECT * FROM dossier WHERE id = ANY(%s) AND state = ANY(%s)
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""
# Whoever holds a part holds its whole first: these are held by nobody once their wholes are ours.
# What is settled counts too, with the time that its clock was given back.
_PARTS = "SELECT * FROM dossier WHERE parent_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_STILL_OPEN = "SELECT id FROM dossier WHERE id = ANY(%s) AND state = ANY(%s) ORDER BY id"
_SAVE = """
    UPDATE dossier
    SET due_at = told.due_at, step_due_at = told.step_due_at, wakes_at = told.wakes_at
    FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
        AS told (id, due_at, step_due_at, wakes_at)
    WHERE dossier.id = told.id
"""
# What heads were told of a date that has moved on is settled, as after an extension.
_SETTLE = """
    UPDATE dossier_notice AS notice SET done_at = %s
    FROM unnest(%s::uuid[], %s::timestamptz[]) AS told (id, due_at)
    WHERE notice.dossier_id = told.id AND notice.done_at IS NULL
        AND told.due_at > notice.due_at AND notice.kind <> 'step_due'
"""
_SAVE_INTAKE = """
    UPDATE dossier
    SET intake_due_at = told.due_at, step_due_at = told.step_due_at, wakes_at = told.wakes_at
    FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
        AS told (id, due_at, step_due_at, wakes_at)
    WHERE dossier.id = told.id
"""
_FIRST = UUID(int=0)
# Whose dates the walk may move: at the counter, and in settlement.
_WALKED = sorted(RUNNING_STATES | INTAKE_STATES)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What one call did, and whether there is more to do now."""

    looked_at: int
    moved: int
    is_more: bool


@transaction.atomic
def begin_recalibration(*, change_id: int, edition: int, at: datetime) -> Recalibration:
    """Ask for all open dossiers to be counted by an edition; asked again, it is the same."""
    known = Recalibration.objects.filter(change_id=change_id).first()
    if known is not None:
        return known
    change = calendars.change_with(change_id).change
    begun, _is_new = Recalibration.objects.get_or_create(
        change_id=change_id,
        defaults={
            "edition": edition,
            "reason": change.recalculation_reason,
            "asked_at": at,
            "to_look_at": Dossier.objects.filter(state__in=_WALKED).count(),
        },
    )
    return begun


@transaction.atomic
def recalibrate_some(*, at: datetime, most: int = BATCH) -> Progress | None:
    """
    Count the next dossiers anew; None if there is nothing to do, or somebody else is at it.

    A dossier that is counted by this edition, or by a later one, is passed by.
    """
    walk = (
        Recalibration.objects.select_for_update(skip_locked=True)
        .filter(finished_at=None, asked_at__lte=at - SETTLING)
        .order_by("edition")
        .first()
    )
    if walk is None:
        return None
    ids = _next(walk, most)
    is_walking = bool(ids)
    if not is_walking:
        ids = [UUID(each) for each in walk.left_over[:most]]
    held = list(Dossier.objects.raw(_HELD, [ids, _WALKED]))
    parts = _parts_of(held)
    moved = _recalibrate([*held, *parts], walk, at=at)
    moved += _recalibrate_intake([*held, *parts], walk, at=at)
    passed_by = _still_open(set(ids) - {dossier.pk for dossier in held})
    if is_walking:
        walk.passed = ids[-1]
        walk.left_over = [*walk.left_over, *map(str, passed_by)]
    else:
        walk.left_over = [*walk.left_over[most:], *map(str, passed_by)]
    looked_at = len(ids) - len(passed_by) + sum(part.state in _WALKED for part in parts)
    walk.looked_at += looked_at
    walk.moved += moved
    if not is_walking and not walk.left_over:
        walk.finished_at = at
    walk.save()
    return Progress(
        looked_at=looked_at,
        moved=moved,
        # Whoever holds the rest will have let go by the next call of the job.
        is_more=walk.finished_at is None and len(passed_by) < max(1, len(ids)),
    )


def _next(walk: Recalibration, most: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [walk.passed or _FIRST, _WALKED, most])
        return [row[0] for row in cursor.fetchall()]


def _still_open(ids: set[UUID]) -> list[UUID]:
    """Return those that somebody holds; a dossier that was closed meanwhile needs no new date."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_STILL_OPEN, [sorted(ids), _WALKED])
        return [row[0] for row in cursor.fetchall()]


def _parts_of(held: Sequence[Dossier]) -> list[Dossier]:
    wholes = [dossier.pk for dossier in held if is_linked(dossier)]
    return list(Dossier.objects.raw(_PARTS, [wholes])) if wholes else []


def _recalibrate(dossiers: Sequence[Dossier], walk: Recalibration, *, at: datetime) -> int:
    """Put on record what is counted anew, and save the dates that move."""
    accepted = [dossier for dossier in dossiers if dossier.state not in INTAKE_STATES]
    histories = list(queries.histories_of(accepted))
    families = defaultdict(list)
    for dossier, history in histories:
        families[dossier.parent_id].append((dossier, history))
    counted: list[tuple[Dossier, Recounted]] = []
    for dossier, history in histories:
        if is_linked(dossier):
            parts = families[dossier.pk]
            new = recount_whole(dossier, history, parts, edition=walk.edition, at=at)
        elif dossier.state in RUNNING_STATES:
            new = recount(dossier, history, edition=walk.edition, at=at)
        else:
            continue  # a part that is settled: its time stands, and counts for the whole
        if new is not None:
            counted.append((dossier, new))
    moving = [(dossier, new) for dossier, new in counted if new.moves(dossier)]
    for dossier, new in counted:
        dossier.due_at, dossier.step_due_at = new.due_at, new.step_due_at
    ledger.record_all(
        _entry(DossierRecalibrated, dossier, new, walk, at=at) for dossier, new in counted
    )
    if moving:
        _save([dossier for dossier, _new in moving], at=at)
    told = {dossier.pk for dossier, _new in counted}
    for dossier, _new in moving:
        if dossier.parent_id is not None and dossier.parent_id not in told:
            # The whole was taken in by this edition already, its part a moment before that.
            follow_part(dossier, actor=ACTOR, at=at)
    return sum(new.due_at != new.due_before for _dossier, new in counted)


def _recalibrate_intake(dossiers: Sequence[Dossier], walk: Recalibration, *, at: datetime) -> int:
    """Put on record what the counter answers by another moment, and save that moment."""
    moving = intake_moves(dossiers, edition=walk.edition, editions_of=calendars.editions_for)
    if not moving:
        return 0
    ledger.record_all(
        _entry(IntakeRecalibrated, dossier, new, walk, at=at) for dossier, new in moving
    )
    _save_intake(moving, at=at)
    return len(moving)


def _entry(
    kind: type[DossierRecalibrated] | type[IntakeRecalibrated],
    dossier: Dossier,
    new: Recounted | IntakeRecounted,
    walk: Recalibration,
    *,
    at: datetime,
) -> Entry:
    event = kind(
        change=walk.change_id,
        edition=walk.edition,
        reason=walk.reason,
        due_before=new.due_before.isoformat(),
        due_after=new.due_at.isoformat(),
        step_due_after=new.step_due_at.isoformat() if new.step_due_at else None,
    )
    return Entry(event=event, subject=dossier.subject, actor=ACTOR, at=at)


def _save_intake(moving: Sequence[tuple[Dossier, IntakeRecounted]], *, at: datetime) -> None:
    for dossier, new in moving:
        dossier.intake_due_at, dossier.step_due_at = new.due_at, new.step_due_at
    told = [dossier for dossier, _new in moving]
    ids, due = [each.pk for each in told], [each.intake_due_at for each in told]
    step_due = [each.step_due_at for each in told]
    wakes = [queries.wakes_at(each, compiled(each.version_id), at=at) for each in told]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE_INTAKE, [ids, due, step_due, wakes])
        cursor.execute(_SETTLE, [at, ids, due])


def _save(dossiers: Sequence[Dossier], *, at: datetime) -> None:
    ids, due = [each.pk for each in dossiers], [each.due_at for each in dossiers]
    step_due = [each.step_due_at for each in dossiers]
    wakes = [queries.wakes_at(each, compiled(each.version_id), at=at) for each in dossiers]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [ids, due, step_due, wakes])
        cursor.execute(_SETTLE, [at, ids, due])
