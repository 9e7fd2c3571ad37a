"""The figures behind the index against a recount of the ledger, measure by measure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.steering.definitions import STOCKS, Measure
from motcua.steering.definitions.index766 import Quantity
from motcua.steering.queries.counts import counted
from motcua.steering.queries.recount import Key, Recount, recount

from .figures import Figures
from .recounted import recount_announcements

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
    procedure: str  # empty: of petitions and announcements, which are counted by agency
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
    numbers += _of_petitions(figures, told)
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
    )


def _of_petitions(figures: Figures, told: Recount) -> Iterator[tuple[Key, str, int, int]]:
    known = figures.petitions or {}
    for agency_id in sorted(figures.subjects.city.agency_ids):
        key = Key(agency_id, "", "", False)
        recounted = told.petitions.get(agency_id, Counter())
        figure = known.get(agency_id)
        for name, what in (("first", "received"), ("on_time", "in_time"), ("content", "satisfied")):
            number = 0 if figure is None else getattr(figure, name)
            yield key, f"petitions {what}", number, recounted[what]


def _of_announcements(figures: Figures) -> Iterator[tuple[Key, str, int, int]]:
    """Yield the numbers of the city and of its 26 agencies, some of which propose decisions."""
    whose = [figures.subjects.city, *figures.subjects.lines]
    told = recount_announcements(figures, whose)
    city = Key(figures.subjects.city.agency_id, "", "", False)
    yield city, "announcements are recorded", figures.announced is not None, told is not None
    if figures.announced is None or told is None:
        return
    for subject, recounted in zip(whose, told, strict=True):
        amounts = figures.amounts(subject)
        for quantity in _OF_ANNOUNCEMENTS:
            key = Key(subject.agency_id, "", "", False)
            yield key, quantity.value, amounts[quantity] or 0, recounted[quantity.value]
