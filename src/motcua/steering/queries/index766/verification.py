"""The figures behind the index against a recount of the ledger, measure by measure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from motcua.calendars.limits import LimitUnit
from motcua.calendars.queries import city_calendar, edition_of
from motcua.calendars.working import WorkingCalendar
from motcua.procedures.queries import UnknownProcedure, version_in_force
from motcua.steering.definitions import LEARNED, STOCKS, Measure
from motcua.steering.definitions.index766 import MEASURES, Quantity
from motcua.steering.definitions.settling_times import SettlingTime
from motcua.steering.queries.behind import counted_of_officers
from motcua.steering.queries.counts import counted
from motcua.steering.queries.recount import Key, Recount, recount
from motcua.steering.queries.settling_times import TooManyToAdd, settling_time

from .catalogue import competence_of
from .figures import ALWAYS_KNOWN, Figures
from .recounted import recount_announcements, recount_time

# What the catalogue says on the last day, and no event.
_OF_CATALOGUE = {
    Quantity.PROCEDURES,
    Quantity.PROCEDURES_COMPLETE,
    Quantity.SERVICES,
    Quantity.FEE_PROCEDURES,
    Quantity.PROCEDURES_FOR_PERSONS,
}
_WORK = (Measure.ENDED, Measure.ENDED_LATE, Measure.OPEN, Measure.OVERDUE)
_MICROSECOND, _HOUR, _DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)

_OF_ANNOUNCEMENTS = (
    Quantity.ANNOUNCED,
    Quantity.ANNOUNCED_ON_TIME,
    Quantity.UPDATE_DUE,
    Quantity.UPDATED_ON_TIME,
)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A number that is one thing in the figures and another in the ledger."""

    agency_id: int
    procedure: str  # empty: of what is counted by agency, or of the city as a whole
    channel: str
    is_part: bool
    what: str  # the measure; "before" in front of it where it is a stock at the beginning
    figures: int
    ledger: int


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What was compared, and what differed."""

    compared: int  # numbers
    dossiers: int  # filed in the period, by the ledger
    differences: tuple[Difference, ...]
    from_catalogue: tuple[str, ...]  # criteria with a sum that is not counted again: their numbers


def verify(figures: Figures) -> Verification:
    """Count the period again from the events alone, and compare every number of every agency."""
    told = recount(figures.period, as_of=figures.as_of, at=figures.at)
    ours = figures.subjects.city.agency_ids
    now: dict[Key, Counter[Measure]] = {}
    before: dict[Key, Counter[Measure]] = {}
    for row in counted(figures.period, as_of=figures.as_of, at=figures.at, agency_ids=ours):
        key = Key(row.agency_id, row.procedure, row.channel, row.is_part)
        now[key] = Counter(row.now)
        before[key] = Counter(row.before)
    keys = sorted(key for key in now.keys() | told.now.keys() if key.agency_id in ours)
    empty: Counter[Measure] = Counter()
    numbers = [
        (key, measure.value, now.get(key, empty)[measure], told.now.get(key, empty)[measure])
        for key in keys
        for measure in Measure
    ]
    numbers += [
        (
            key,
            f"before {measure.value}",
            before.get(key, empty)[measure],
            told.before.get(key, empty)[measure],
        )
        for key in keys
        for measure in STOCKS
    ]
    numbers += _of_times(figures, told, now)
    for of in (_of_totals, _of_procedures, _of_officers, _of_sources):
        numbers += of(figures, told)
    numbers += _of_announcements(figures)
    return Verification(
        compared=len(numbers),
        dossiers=sum(counts[Measure.FILED] for counts in told.now.values()),
        differences=tuple(
            Difference(
                agency_id=key.agency_id,
                procedure=key.procedure,
                channel=key.channel,
                is_part=key.is_part,
                what=what,
                figures=figure,
                ledger=recounted,
            )
            for key, what, figure, recounted in numbers
            if figure != recounted
        ),
        from_catalogue=tuple(
            criterion.number
            for criterion in figures.profile.criteria
            if _OF_CATALOGUE.intersection(
                criterion.numerator.quantities + criterion.denominator.quantities
            )
        ),
    )


def _of_totals(figures: Figures, told: Recount) -> Iterator[tuple[Key, str, int, int]]:
    """Yield what the index adds up, of all procedures and channels together."""
    none: Mapping[Measure, int] = {}
    ours = {
        (row.agency_id, row.is_part): dict(zip(MEASURES, row.counts, strict=True))
        for rows in figures.worked.values()
        for row in rows
    }
    recounted: defaultdict[tuple[int, bool], Counter[Measure]] = defaultdict(Counter)
    for each, counts in told.now.items():
        recounted[each.agency_id, each.is_part].update(counts)
    for agency_id, is_part in product(sorted(figures.subjects.city.agency_ids), (False, True)):
        of = agency_id, is_part
        key = _key(agency_id)._replace(is_part=is_part)
        for measure in MEASURES:
            yield key, measure.value, ours.get(of, none).get(measure, 0), recounted[of][measure]


def _of_procedures(figures: Figures, told: Recount) -> Iterator[tuple[Key, str, int, int]]:
    """Yield how many procedures and offices did something, of the city and its 26 agencies."""
    city = _key(figures.subjects.city.agency_id)
    for code in sorted(figures.payable | told.payable):
        key = city._replace(procedure=code)
        yield key, "paid online in a year", code in figures.payable, code in told.payable
    for subject in (figures.subjects.city, *figures.subjects.lines):
        did: dict[Measure, set[str]] = defaultdict(set)
        offices: dict[Measure, set[int]] = defaultdict(set)
        for key, counts in told.now.items():
            if key.agency_id not in subject.agency_ids or key.is_part:
                continue
            for measure in +counts:
                did[measure].add(key.procedure)
                if key.procedure in figures.profile.certifying:
                    offices[measure].add(key.agency_id)
        # What is in whose competence is no event: the catalogue says it.
        of = competence_of(subject.offices, on=figures.until, payable=frozenset(told.payable))
        recounted = {
            Quantity.SERVICES_USED: of.services & did[Measure.ONLINE],
            Quantity.FEE_PROCEDURES_PAYABLE: of.payable,
            Quantity.FEE_PROCEDURES_PAID: of.with_fee & did[Measure.PAID_ONLINE],
            Quantity.PROCEDURES_WITH_CITIZEN_DATA: of.for_persons & did[Measure.CITIZEN_DATA],
            Quantity.CERTIFYING: offices[Measure.RECEIVED],
            Quantity.CERTIFYING_ELECTRONICALLY: offices[Measure.RESULT_ELECTRONIC],
        }
        amounts = figures.amounts(subject)
        for quantity, members in recounted.items():
            amount = amounts[quantity]
            if amount is not None:  # whether there should be one, `_of_sources` asks
                yield _key(subject.agency_id), quantity.value, amount, len(members)


def _of_times(
    figures: Figures, told: Recount, now: Mapping[Key, Counter[Measure]]
) -> Iterator[tuple[Key, str, int, int]]:
    """Yield what criterion 2.2 averages: the dossiers decided, and the time that they took."""
    edition = None if figures.as_of is None else edition_of(figures.as_of)
    ours = figures.subjects.city.agency_ids
    known = {(key.agency_id, key.procedure) for key, of in now.items() if of[Measure.DECIDED]}
    for agency_id, code in sorted(known | {each for each in told.decided if each[0] in ours}):
        try:
            version = version_in_force(code, figures.until)
            time = settling_time(
                version,
                figures.period,
                as_of=figures.as_of,
                at=figures.at,
                agency_ids=[agency_id],
            )
        except (UnknownProcedure, TooManyToAdd):
            continue  # no screen tells of it either
        decided, calendar = (
            told.decided.get((agency_id, code), []),
            city_calendar(agency_id, edition),
        )
        took = recount_time(decided, unit=time.unit, calendar=calendar)
        key = _key(agency_id, code)
        yield key, "dossiers averaged", time.dossiers, len(decided)
        yield key, "microseconds taken", _microseconds(time, calendar), took // _MICROSECOND


def _of_officers(figures: Figures, told: Recount) -> Iterator[tuple[Key, str, int, int]]:
    """Yield what the index of each officer is worked out from, under the agency's key."""
    ours = figures.subjects.city.agency_ids
    found = counted_of_officers(figures.period, as_of=figures.as_of, at=figures.at, agency_ids=ours)
    known = {(officer, agency_id): counts for officer, agency_id, counts in found}
    empty: Counter[Measure] = Counter()
    for who in sorted(known.keys() | {who for who in told.officers if who[1] in ours}):
        for measure in _WORK:
            figure, recounted = (of.get(who, empty)[measure] for of in (known, told.officers))
            yield _key(who[1]), f"officer {who[0]} {measure.value}", figure, recounted


def _of_sources(figures: Figures, told: Recount) -> Iterator[tuple[Key, str, int, int]]:
    """Yield of what something was ever recorded: the rest is shown as not known."""
    learned = told.learned | ({Measure.UNHAPPY} if Measure.RATED in told.learned else set())
    for measure in LEARNED:
        if measure not in ALWAYS_KNOWN:
            figure, recounted = measure in figures.recorded, measure in learned
            yield (
                _key(figures.subjects.city.agency_id),
                f"recorded {measure.value}",
                figure,
                recounted,
            )


def _microseconds(time: SettlingTime, calendar: WorkingCalendar) -> int:
    whole = {LimitUnit.HOUR: _HOUR, LimitUnit.DAY: _DAY}.get(time.unit, calendar.day_length)
    return int(time.total * (whole // _MICROSECOND))


def _key(agency_id: int, procedure: str = "") -> Key:
    return Key(agency_id, procedure, "", False)


def _of_announcements(figures: Figures) -> Iterator[tuple[Key, str, int, int]]:
    """Yield the numbers of the city and of its 26 agencies, some of which propose decisions."""
    whose = [figures.subjects.city, *figures.subjects.lines]
    told = recount_announcements(figures, whose)
    city = _key(figures.subjects.city.agency_id)
    yield city, "announcements are recorded", figures.announced is not None, told is not None
    if figures.announced is None or told is None:
        return
    for subject, recounted in zip(whose, told, strict=True):
        amounts = figures.amounts(subject)
        for quantity in _OF_ANNOUNCEMENTS:
            key = _key(subject.agency_id)
            yield key, quantity.value, amounts[quantity] or 0, recounted[quantity.value]
