"""What a change of the calendar does to open dossiers: before it is approved, and after."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.definitions import DayLine, HoursLine
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.lifecycle import ACCEPTED_STATES, COMPLETED_STATES
from motcua.dossiers.models import Dossier, Recalibration
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.queries import compiled

from .dossiers import limit_of
from .history import clock_events_in
from .intake_recounts import INTAKE_STATES, intake_moves
from .parts import PartCounted, due_by_parts

# Where a due date is still ahead of somebody. What is decided is measured and done.
RUNNING_STATES = ACCEPTED_STATES - COMPLETED_STATES
# A page that counts more than this would not come; it says so, and counts what it has.
PREVIEW_MOST = 50_000
SHOWN = 50
_CHUNK = 1000

Editions = calendars.Editions


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """The dates of a dossier by another edition than before."""

    due_before: datetime
    due_at: datetime
    step_due_at: datetime | None

    def moves(self, dossier: Dossier) -> bool:
        """Return whether a date is another than the dossier has."""
        return (self.due_at, self.step_due_at) != (dossier.due_at, dossier.step_due_at)


@dataclass(frozen=True, kw_only=True)
class Move:
    """A dossier whose due date moves."""

    code: str
    agency_id: int
    agency: str
    before: datetime
    after: datetime


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would come of a change if open dossiers followed it."""

    looked_at: int
    is_cut_off: bool
    moves: tuple[Move, ...]  # the first, by the due date that stands
    moved: int
    later: int
    by_agency: tuple[tuple[str, int], ...]
    become_late: int
    no_longer_late: int
    due_this_week_before: int
    due_this_week_after: int
    intake_moved: int  # filings that the counter has to answer by another moment


def is_linked(dossier: Dossier) -> bool:
    """Return whether it has no time but that of its parts."""
    return compiled(dossier.version_id).linked is not None


def histories_of(dossiers: Sequence[Dossier]) -> Iterator[tuple[Dossier, list[LedgerEvent]]]:
    """Yield each dossier with its history, all read at once."""
    by_id = {str(dossier.pk): dossier for dossier in dossiers}
    if not by_id:
        return
    events = (
        LedgerEvent.objects.filter(
            subject_type=dossiers[0].subject.type, subject_id__in=sorted(by_id)
        )
        .order_by("subject_id", "subject_seq")
        .only("subject_id", "subject_seq", "kind", "occurred_at", "data")
    )
    for subject_id, history in groupby(events.iterator(), key=lambda event: event.subject_id):
        yield by_id[subject_id], list(history)


def recount(
    dossier: Dossier, history: Sequence[LedgerEvent], *, edition: int, at: datetime
) -> Recounted | None:
    """
    Return the dates by an edition; None if they are counted by it, or by a later one.

    Not of a linked dossier, which has no time but that of its parts: see `recount_whole`.
    """
    return _recounted(
        dossier,
        history,
        edition=edition,
        editions=calendars.editions_for(dossier.settling_agency_id),
        at=at,
    )


def recount_whole(
    whole: Dossier,
    history: Sequence[LedgerEvent],
    parts: Iterable[tuple[Dossier, Sequence[LedgerEvent]]],
    *,
    edition: int,
    at: datetime,
) -> Recounted | None:
    """Return the dates of a linked dossier once each of these parts is counted by the edition."""
    return _recounted_whole(
        whole, history, parts, edition=edition, editions_of=calendars.editions_for, at=at
    )


def _recounted_whole(
    whole: Dossier,
    history: Sequence[LedgerEvent],
    parts: Iterable[tuple[Dossier, Sequence[LedgerEvent]]],
    *,
    edition: int,
    editions_of: Callable[[int], Editions],
    at: datetime,
) -> Recounted | None:
    counted = []
    for part, of_part in parts:
        editions = editions_of(part.settling_agency_id)
        new = None
        if part.state in RUNNING_STATES:
            new = _recounted(part, of_part, edition=edition, editions=editions, at=at)
        counted.append(
            PartCounted(part, new.due_at, editions(edition))
            if new is not None
            else PartCounted(part, part.due_at, editions(_counted_by(of_part)))
        )
    editions = editions_of(whole.settling_agency_id)
    return _recounted(
        whole,
        history,
        edition=edition,
        editions=editions,
        at=at,
        counted=counted,
    )


def _recounted(
    dossier: Dossier,
    history: Sequence[LedgerEvent],
    *,
    edition: int,
    editions: Editions,
    at: datetime,
    counted: Sequence[PartCounted] = (),
) -> Recounted | None:
    counted_by = _counted_by(history)
    if counted_by >= edition or dossier.due_at is None:
        return None
    version = compiled(dossier.version_id)
    if version.linked is not None:
        due_at = due_by_parts(dossier, version, counted, calendar=editions(edition))
    else:
        due_at = clock.due_at(
            [
                *clock_events_in(history),
                ClockEvent(effect=ClockEffect.RECALIBRATE, at=at, edition=edition),
            ],
            limit=limit_of(dossier, version),
            policy=version.pause_policy,
            calendar=editions,
        )
    step_due_at = dossier.step_due_at
    step = version.steps.get(dossier.step_key or "")
    if step_due_at is not None and step is not None and step.limit is not None:
        since = _at_step_since(history)
        earlier = (editions(counted_by), editions(edition - 1))
        # Only a date that is understood is moved: somebody may have set another for a reason.
        if any(working.due_at(each, since, step.limit) == step_due_at for each in earlier):
            step_due_at = working.due_at(editions(edition), since, step.limit)
    return Recounted(due_before=dossier.due_at, due_at=due_at, step_due_at=step_due_at)


def _counted_by(history: Sequence[LedgerEvent]) -> int:
    told = (event.edition for event in reversed(clock_events_in(history)))
    return next((edition for edition in told if edition is not None), calendars.FIRST_EDITION)


def _at_step_since(history: Sequence[LedgerEvent]) -> datetime:
    """Return since when the dossier stands where it stands: on record by each act that moved it."""
    since, place = history[0].occurred_at, None
    for event in history:
        if "step" in event.data:
            here = (event.data["step"], event.data.get("unit"))
            if here != place:
                since, place = event.occurred_at, here
    return since


def preview_of(days: Sequence[DayLine], hours: Sequence[HoursLine], *, at: datetime) -> Preview:
    """
    Return which open dossiers these lines would move, from when to when, and what it does to
    figures. Reads only those whose time runs through a day that is told.
    """
    looking = _Looking(days, hours, at)
    candidates = _touched_by(days, hours)
    pks = list(candidates.values_list("pk", flat=True)[: PREVIEW_MOST + 1])
    moves = list(looking.moves_of(pks[:PREVIEW_MOST]))
    moves.sort(key=lambda move: (move.before, move.code))
    begins, ends = _week_of(at)
    due_this_week = Dossier.objects.filter(
        state__in=RUNNING_STATES, due_at__gte=begins, due_at__lt=ends
    ).count()
    return Preview(
        looked_at=looking.looked_at,
        is_cut_off=len(pks) > PREVIEW_MOST,
        moves=tuple(moves[:SHOWN]),
        moved=len(moves),
        later=sum(move.after > move.before for move in moves),
        by_agency=tuple(Counter(move.agency for move in moves).most_common()),
        become_late=sum(move.after < at <= move.before for move in moves),
        no_longer_late=sum(move.before < at <= move.after for move in moves),
        due_this_week_before=due_this_week,
        due_this_week_after=due_this_week
        - sum(begins <= move.before < ends for move in moves)
        + sum(begins <= move.after < ends for move in moves),
        intake_moved=_intake_moved(days, hours, looking),
    )


def all_moves(
    days: Sequence[DayLine], hours: Sequence[HoursLine], *, at: datetime
) -> Iterator[Move]:
    """Yield every open dossier that these lines would move, the first due first, piece by piece."""
    pks = list(_touched_by(days, hours).values_list("pk", flat=True))
    yield from _Looking(days, hours, at).moves_of(pks)


class _Looking:
    """A look at what lines would do, dossier by dossier."""

    def __init__(self, days: Sequence[DayLine], hours: Sequence[HoursLine], at: datetime) -> None:
        self.at = at
        self.looked_at = 0
        self.upcoming = upcoming = calendars.newest_edition() + 1
        calendar_if = calendars.calendars_if(days, hours)

        @cache
        def editions_of(agency_id: int) -> Editions:
            proposed, stands = calendar_if(agency_id), calendars.editions_for(agency_id)
            return lambda edition: proposed if edition == upcoming else stands(edition)

        self.editions_of = editions_of

    def moves_of(self, pks: Sequence[UUID]) -> Iterator[Move]:
        """Yield those of these dossiers that would move, in this order."""
        for first in range(0, len(pks), _CHUNK):
            wanted = pks[first : first + _CHUNK]
            found = Dossier.objects.select_related("settling_agency").defer("answers")
            chunk = found.in_bulk(wanted)
            families = _families_of(list(chunk.values()))
            histories = {
                dossier.pk: history for dossier, history in histories_of(list(chunk.values()))
            }
            for pk in wanted:
                if pk in histories:
                    self.looked_at += 1
                    yield from self._move_of(chunk[pk], histories[pk], families.get(pk))

    def _move_of(
        self, dossier: Dossier, history: list[LedgerEvent], family: "_Family | None"
    ) -> Iterator[Move]:
        new = (
            _recounted_whole(
                family.whole,
                history,
                family.parts,
                edition=self.upcoming,
                editions_of=self.editions_of,
                at=self.at,
            )
            if family is not None
            else _recounted(
                dossier,
                history,
                edition=self.upcoming,
                editions=self.editions_of(dossier.settling_agency_id),
                at=self.at,
            )
        )
        if new is not None and new.due_at != new.due_before:
            yield Move(
                code=dossier.code,
                agency_id=dossier.settling_agency_id,
                agency=dossier.settling_agency.name,
                before=new.due_before,
                after=new.due_at,
            )


def _intake_moved(days: Sequence[DayLine], hours: Sequence[HoursLine], looking: _Looking) -> int:
    begins = _midnight(calendars.first_day_of(days, hours)) - timedelta(days=1)
    waiting = Dossier.objects.filter(state__in=INTAKE_STATES, intake_due_at__gte=begins)
    told = list(waiting.defer("answers").order_by("intake_due_at", "pk")[:PREVIEW_MOST])
    return len(intake_moves(told, edition=looking.upcoming, editions_of=looking.editions_of))


class _Family(NamedTuple):
    whole: Dossier  # with its answers, which say what parts it has
    parts: list[tuple[Dossier, list[LedgerEvent]]]


def _families_of(dossiers: Sequence[Dossier]) -> dict[UUID, _Family]:
    """Return the linked dossiers among these with their parts, all read at once."""
    pks = [dossier.pk for dossier in dossiers if is_linked(dossier)]
    if not pks:
        return {}
    families = {whole.pk: _Family(whole, []) for whole in Dossier.objects.filter(pk__in=pks)}
    for part, history in histories_of(list(Dossier.objects.filter(parent__in=pks))):
        assert part.parent_id is not None
        families[part.parent_id].parts.append((part, history))
    return families


def _touched_by(days: Sequence[DayLine], hours: Sequence[HoursLine]) -> QuerySet[Dossier]:
    # A date moves only if its dossier's time runs through a day of which something is told; one
    # that fell onto such a day was moved off it, so the day before counts as well.
    begins = _midnight(calendars.first_day_of(days, hours)) - timedelta(days=1)
    last = calendars.last_day_of(days, hours)
    found = Dossier.objects.filter(state__in=RUNNING_STATES, due_at__gte=begins)
    if last is not None:
        found = found.filter(accepted_at__lt=_midnight(last) + timedelta(days=1))
    agencies = {line.agency_id for line in hours}
    if not days and None not in agencies:
        found = found.filter(settling_agency__in=agencies)
    return found.order_by("due_at", "pk")


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), CITY_TIME)


def _week_of(at: datetime) -> tuple[datetime, datetime]:
    today = day_of(at)
    monday = _midnight(today - timedelta(days=today.weekday()))
    return monday, monday + timedelta(days=7)


def recalibrations_of(change_ids: Iterable[int]) -> dict[int, Recalibration]:
    """Return how far the counting anew has come, by change."""
    found = Recalibration.objects.filter(change__in=list(change_ids))
    return {each.change_id: each for each in found}
