"""A linked dossier and its parts: where each stands, and when the whole is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import Limit
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers.lifecycle import COMPLETED_STATES, DOSSIER_LIFECYCLE, DossierState, Party
from motcua.dossiers.models import Dossier, Outcome, Result
from motcua.kernel.clock import day_of
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


def due_of_whole(whole: Dossier, version: Version) -> datetime:
    """
    Return when a linked dossier is due: by the rule of its version, from the times of its parts.

    :raises ValueError: if it is no linked dossier, or not accepted yet
    """
    if version.linked is None or whole.accepted_at is None:
        raise ValueError("the dossier has no parts whose time runs")
    dossiers = {dossier.part: dossier for dossier in Dossier.objects.filter(parent=whole)}
    return _due_by_parts(whole, version.linked, dossiers, begin=whole.accepted_at)


def due_if_accepted(whole: Dossier, linked: Linked, *, at: datetime) -> datetime:
    """Return when a linked dossier will be due that is accepted at this moment."""
    return _due_by_parts(whole, linked, {}, begin=at)


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
            plain = working.due_at(calendar, part.accepted_at, part.limit)
            if part.due_at > plain:
                given = working.worked_between(calendar, plain, part.due_at)
                end = working.add_worked(calendar, end, given)
        ends[part.key] = end
    return ends


def _due_by_parts(
    whole: Dossier, linked: Linked, dossiers: Mapping[str | None, Dossier], *, begin: datetime
) -> datetime:
    times = [
        _time_of(part, dossiers.get(part.key), Channel(whole.channel), day_of(begin))
        for part in linked.parts_for(whole.answers)
    ]
    ends = ends_of_parts(times, rule=linked.due, begin=begin, calendar=calendars.city_calendar())
    return max(ends.values())


def _time_of(part: Part, dossier: Dossier | None, channel: Channel, on: date) -> PartTime:
    version = compiled(dossier.version_id) if dossier else version_in_force(part.procedure, on)
    time = PartTime(key=part.key, after=part.after, limit=version.cases[part.case].limits[channel])
    if dossier is None:
        return time
    return replace(time, accepted_at=dossier.accepted_at, due_at=dossier.due_at)


def _name_of(part: Part, dossier: Dossier | None, on: date) -> str:
    if dossier is not None:
        return compiled(dossier.version_id).name
    try:
        return version_in_force(part.procedure, on).name
    except UnknownProcedure:
        return part.procedure
