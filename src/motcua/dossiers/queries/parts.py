"""A linked dossier and its parts: where each stands, and when the whole is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import Limit
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.lifecycle import COMPLETED_STATES, DOSSIER_LIFECYCLE, DossierState, Party
from motcua.dossiers.models import Dossier, Outcome, Result
from motcua.kernel.clock import day_of
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.definitions import Channel, Linked, Part, PartsDue, Version
from motcua.procedures.queries import UnknownProcedure, compiled, version_in_force


@dataclass(frozen=True, kw_only=True)
class PartNow:
    """A part of a linked dossier: what it is, and where it stands, opened or not yet."""

    part: Part
    name: str
    dossier: Dossier | None  # None: not opened yet
    result: Result | None

    @property
    def code(self) -> str:
        return self.dossier.code if self.dossier else ""

    @property
    def is_granted(self) -> bool:
        """Whether it was settled as was asked; only then what waits for it may begin."""
        return self.result is not None and self.result.outcome == Outcome.GRANTED

    @property
    def is_lost(self) -> bool:
        """Whether it ended otherwise: denied, refused at the door, stopped or withdrawn."""
        if self.dossier is None or self.is_granted:
            return False
        return DossierState(self.dossier.state) in COMPLETED_STATES


def parts_of(whole: Dossier, version: Version) -> list[PartNow]:
    """Return the parts that the answers ask for, in the order written; none of another dossier."""
    if version.linked is None:
        return []
    dossiers = {
        dossier.part: dossier
        for dossier in Dossier.objects.filter(parent=whole).select_related(
            "settling_agency", "receiving_unit", "step_unit"
        )
    }
    results = {
        result.dossier_id: result
        for result in Result.objects.filter(dossier__in=dossiers.values()).select_related("file")
    }
    on = day_of(whole.submitted_at)
    parts = []
    for part in version.linked.parts_for(whole.answers):
        dossier = dossiers.get(part.key)
        parts.append(
            PartNow(
                part=part,
                name=_name_of(part, dossier, on),
                dossier=dossier,
                result=results.get(dossier.pk) if dossier else None,
            )
        )
    return parts


def waiting_in_a_part(wholes: Iterable[Dossier]) -> set[UUID]:
    """Return which of these have a part that waits for the applicant."""
    parts = Dossier.objects.filter(
        parent__in=[whole.pk for whole in wholes],
        state__in=sorted(DOSSIER_LIFECYCLE.states_waiting_on(Party.APPLICANT)),
    )
    return {pk for pk in parts.values_list("parent_id", flat=True) if pk is not None}


def whole_of(part: Dossier) -> Dossier | None:
    """Return the linked dossier that this one is a part of."""
    if part.parent_id is None:
        return None
    return (
        Dossier.objects.filter(pk=part.parent_id)
        .select_related("settling_agency", "receiving_unit", "step_unit")
        .get()
    )


@dataclass(frozen=True, kw_only=True)
class PartTime:
    """What is known of the time of one part. It has no moments before it is accepted."""

    key: str
    after: tuple[str, ...]
    limit: Limit
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    calendar: WorkingCalendar | None = None  # by which its own clock counts, once it runs


class PartCounted(NamedTuple):
    """A part that was opened, when it is due, and by which calendar that was counted."""

    dossier: Dossier
    due_at: datetime | None
    calendar: WorkingCalendar


def due_of_whole(whole: Dossier, version: Version) -> datetime:
    """
    Return when a linked dossier is due: by the rule of its version, from the times of its parts.

    Each is counted by the edition of the calendar that its own ledger names.

    :raises ValueError: if it is no linked dossier, or not accepted yet
    """
    parts = list(Dossier.objects.filter(parent=whole))
    counted_by = _editions_of([whole, *parts])
    return due_by_parts(
        whole,
        version,
        [
            PartCounted(part, part.due_at, _calendar_of(part, counted_by.get(part.pk)))
            for part in parts
        ],
        calendar=_calendar_of(whole, counted_by.get(whole.pk)),
    )


def due_by_parts(
    whole: Dossier, version: Version, parts: Iterable[PartCounted], *, calendar: WorkingCalendar
) -> datetime:
    """
    Return when a linked dossier is due whose parts are counted like this.

    :raises ValueError: if it is no linked dossier, or not accepted yet
    """
    if version.linked is None or whole.accepted_at is None:
        raise ValueError("the dossier has no parts whose time runs")
    return _due_by_parts(
        whole,
        version.linked,
        {each.dossier.part: each for each in parts},
        begin=whole.accepted_at,
        calendar=calendar,
    )


def due_if_accepted(
    whole: Dossier, linked: Linked, *, at: datetime, edition: int | None = None
) -> datetime:
    """Return when a linked dossier will be due that is accepted at this moment."""
    calendar = calendars.city_calendar(whole.settling_agency_id, edition)
    return _due_by_parts(whole, linked, {}, begin=at, calendar=calendar)


def ends_of_parts(
    parts: Iterable[PartTime], *, rule: PartsDue, begin: datetime, calendar: WorkingCalendar
) -> dict[str, datetime]:
    """
    Return until when each part has time, counted from where the whole begins.

    A part begins when those before it should have ended: by `SUM` the one written before it, by
    `MAX` those it waits for. What a part's own clock was given back (a pause, an extension) is
    given to the whole too. An agency that is early or late moves nothing: what was promised
    stands.
    """
    ends: dict[str, datetime] = {}
    for part in parts:
        before = tuple(ends)[-1:] if rule is PartsDue.SUM else part.after
        start = max((ends[key] for key in before), default=begin)
        end = working.due_at(calendar, start, part.limit)
        if part.accepted_at is not None and part.due_at is not None:
            # By the part's own calendar, or another day off would look like time given back.
            own = part.calendar or calendar
            plain = working.due_at(own, part.accepted_at, part.limit)
            if part.due_at > plain:
                given = working.worked_between(own, plain, part.due_at)
                end = working.add_worked(calendar, end, given)
        ends[part.key] = end
    return ends


def _due_by_parts(
    whole: Dossier,
    linked: Linked,
    parts: Mapping[str | None, PartCounted],
    *,
    begin: datetime,
    calendar: WorkingCalendar,
) -> datetime:
    times = [
        _time_of(part, parts.get(part.key), Channel(whole.channel), day_of(begin))
        for part in linked.parts_for(whole.answers)
    ]
    return max(ends_of_parts(times, rule=linked.due, begin=begin, calendar=calendar).values())


def _editions_of(dossiers: Sequence[Dossier]) -> dict[UUID, int | None]:
    """Return by which edition each is counted, read from the ledger at once."""
    told = (
        LedgerEvent.objects.filter(
            subject_type=dossiers[0].subject.type,
            subject_id__in=[str(dossier.pk) for dossier in dossiers],
            data__edition__isnull=False,
        )
        .order_by("subject_id", "-subject_seq")
        .distinct("subject_id")
        .values_list("subject_id", "data__edition")
    )
    return {UUID(subject_id): edition for subject_id, edition in told}


def _calendar_of(dossier: Dossier, edition: int | None) -> WorkingCalendar:
    return calendars.editions_for(dossier.settling_agency_id)(edition)


def _time_of(part: Part, counted: PartCounted | None, channel: Channel, on: date) -> PartTime:
    version = (
        compiled(counted.dossier.version_id) if counted else version_in_force(part.procedure, on)
    )
    time = PartTime(key=part.key, after=part.after, limit=version.cases[part.case].limits[channel])
    if counted is None:
        return time
    return replace(
        time,
        accepted_at=counted.dossier.accepted_at,
        due_at=counted.due_at,
        calendar=counted.calendar,
    )


def _name_of(part: Part, dossier: Dossier | None, on: date) -> str:
    if dossier is not None:
        return compiled(dossier.version_id).name
    try:
        return version_in_force(part.procedure, on).name
    except UnknownProcedure:
        return part.procedure
