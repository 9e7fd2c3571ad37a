"""
Filling the city: planned once, told by two processes in blocks of one transaction each.

Whatever breaks it off, the next call goes on where it stood: a block is there whole or not at all,
and a block that is there is passed over.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.db import connection, transaction
from django.db.models import QuerySet

from motcua.calendars import queries as calendars
from motcua.dossiers.models import Dossier
from motcua.kernel import connections
from motcua.kernel.clock import CITY_TIME, midnight, midnight_after
from motcua.kernel.hands import undisturbed, work_through
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger import followers
from motcua.kernel.ledger.models import LedgerEvent
from motcua.parties.models import Person
from motcua.steering.models import COUNTS, TOTALS, Fact, Petition

from .events import CITY, GrowthBegun, GrowthFinished
from .figures import Figures, figures
from .ground import Ground, survey
from .indexes import built_together, indexes_of
from .moments import SecondsCalendar, seconds_of
from .pages import Scribe
from .plan import FEWEST, Arrivals, Taken, TooFew, blocks_of, plan
from .references import checked_together
from .staff import staff_the_city

SEED = 67  # the number of the plan
# The longest limits and the slowest officers end within so long.
_DAYS_AHEAD = 2 * 366
_BEFORE = timedelta(days=60)
_AT_ONCE = 2_000  # people of a transaction
YEAR_2023 = (date(2023, 1, 1), date(2023, 12, 31))

# What was taken in, by the line of the annex that answers for it: communes count for districts.
TAKEN = """
    SELECT coalesce(above.name, agency.name), count(*),
           count(*) FILTER (WHERE dossier.channel = 'online')
    FROM dossier
    JOIN agency ON agency.id = dossier.settling_agency_id
    LEFT JOIN agency AS above ON above.id = agency.parent_id AND agency.kind = 'commune'
    WHERE dossier.accepted_at >= %s AND dossier.accepted_at < %s
    GROUP BY 1
"""

# The tables that a growth writes, the longest first, so that no hand is left alone with it in the
# end; and those that follow.
WRITTEN = (
    "ledger_event",
    "dossier",
    "person",
    "dossier_result",
    "dossier_hand_over",
    "supplement_request",
    "dossier_delay",
    "dossier_delay_cause",
    "dossier_apology",
    "issued_paper",
    "dossier_code_counter",
)
FOLLOWING = tuple(model._meta.db_table for model in (Fact, Petition, *COUNTS, *TOTALS))

# The columns of a table that its indexes hold, or are limited by.
_LOOKED_UP_BY = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND EXISTS (
        SELECT FROM pg_index LEFT JOIN pg_depend
            ON classid = 'pg_class'::regclass AND objid = indexrelid AND refobjid = indrelid
        WHERE indrelid = attrelid AND (attnum = ANY (indkey) OR attnum = refobjsubid)
    )
"""

Progress = Callable[[int, int], None]  # so many dossiers of so many


class AnotherSeed(Exception):
    """A database holds one demonstration city."""


class SomebodyFills(Exception):
    """Another process is filling the city."""


class NothingToFill(Exception):
    """No procedure of the catalogue can be played."""


@dataclass(frozen=True, kw_only=True)
class Grown:
    """What a call did."""

    seed: int
    added: int
    total: int
    people: int
    events: int
    left_out: tuple[str, ...]


def grow(
    *,
    total: int,
    seed: int | None = None,
    at: datetime,
    workers: int,
    progress: Progress = lambda done, of: None,
) -> Grown:
    """
    Let the city have so many dossiers from here. What is there already stays, and counts.

    Without a seed it goes on with the one it has, or begins with SEED.

    :raises AnotherSeed: if it was begun with another seed
    :raises TooFew: if so few cannot keep the shares of the annex
    :raises SomebodyFills: if another process is at it
    :raises NothingToFill: if the catalogue has nothing to file
    """
    seed = seed_of_the_city() if seed is None else seed
    with _alone(), undisturbed():
        people = events = added = 0
        left_out: tuple[str, ...] = ()
        staff_the_city(figures(), seed=seed, at=at)
        while (filling := _taken_up(seed) or _begun(total, seed, at)) is not None:
            begun = filling.begun
            left_out = filling.ground.left_out
            with filling.in_bulk(workers):
                new_people, recorded = filling.write_people(workers)
                people, events = people + new_people, events + recorded
                if filling.can_go_on:
                    new_dossiers, recorded = filling.write_dossiers(workers, progress)
                    added, events = added + new_dossiers, events + recorded
            # If not, what came, came; what is missing comes with the growth that follows.
            with transaction.atomic():
                _record(
                    GrowthFinished(
                        total=begun.total if filling.can_go_on else _made_by_filling(),
                        peopled=max(begun.total, begun.peopled),
                    ),
                    at,
                )
        if added:
            _finish(workers)
    return Grown(
        seed=seed,
        added=added,
        total=total_of(),
        people=people,
        events=events,
        left_out=left_out,
    )


def total_of() -> int:
    """Return how many dossiers the city was filled with, all growths together."""
    last = _history().filter(kind=GrowthFinished.kind).last()
    return GrowthFinished.of(last).total if last else 0


def is_unfinished() -> bool:
    """Return whether a filling was broken off."""
    last = _history().last()
    return last is not None and last.kind == GrowthBegun.kind


def taken_in(first: date, last: date) -> dict[str, Taken]:
    """Return what each agency of the annex took in between two days, counted in the database."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, [midnight(first), midnight_after(last)])
        return {name: Taken(total, online) for name, total, online in cursor.fetchall()}


def calendar_of(figures: Figures, now: int) -> SecondsCalendar:
    """Return the city's calendar for as long as a dossier of the filling can live."""
    ends = datetime.fromtimestamp(now, UTC).date() + timedelta(days=_DAYS_AHEAD)
    return SecondsCalendar(
        # Each dossier says by which edition it is counted; the filling knows one.
        calendars.city_calendar(None, calendars.FIRST_EDITION),
        first=figures.officers_since - _BEFORE,
        last=ends,
    )


def residents(ground: Ground, dossiers: int) -> list[int]:
    """Return how many live in each commune when the city has so many dossiers."""
    weights = [weight for _code, _name, weight in ground.communes]
    people = dossiers * ground.figures.people_per_thousand_dossiers // 1000
    return [2 + people * weight // sum(weights) for weight in weights]


class _Filling:
    """One growth, begun or taken up again."""

    def __init__(self, begun: GrowthBegun, ground: Ground) -> None:
        self.begun, self.ground = begun, ground
        self.calendar = calendar_of(self.ground.figures, begun.now)
        self.people = residents(self.ground, max(begun.total, begun.peopled))
        self.scribe = Scribe(
            self.ground,
            self.calendar,
            seed=begun.seed,
            already=begun.already,
            now=begun.now,
            people=self.people,
        )

    @cached_property
    def arrivals(self) -> list[Arrivals]:
        """
        Return what comes each day.

        :raises TooFew: if so few cannot keep the shares of the annex
        """
        begun = self.begun
        return plan(
            self.ground.figures,
            self.ground.counters,
            self.calendar,
            seed=begun.seed,
            already=begun.already,
            total=begun.total,
            before={name: Taken(*numbers) for name, numbers in begun.taken.items()},
            last=_yesterday(begun.now),
        )

    @property
    def can_go_on(self) -> bool:
        """Whether offices, officers and catalogue are still those it was begun with."""
        return self.ground.digest == self.begun.ground

    @contextmanager
    def in_bulk(self, workers: int) -> Iterator[None]:
        """Do at the end, and for all rows together, what the database would do row by row."""
        if self.begun.already:
            yield  # in a city that is full already it would take longer
            return
        with (
            followers.fed(followers.joined(), hands=workers) as self.scribe.load,
            checked_together(WRITTEN, workers=workers),
            built_together(self.begun.indexes, workers=workers),
        ):
            yield

    def write_people(self, workers: int) -> tuple[int, int]:
        """Register who is missing. Return how many people and events were written."""
        people = events = 0
        for (_commune, first, last), written in work_through(
            self.scribe.write_people, self._missing_people(), workers=workers
        ):
            self.scribe.load.add(written.xid)
            people, events = people + last - first, events + written.events
        return people, events

    def write_dossiers(self, workers: int, progress: Progress) -> tuple[int, int]:
        """Write the blocks that are missing. Return how many dossiers and events were written."""
        blocks = blocks_of(self.arrivals)
        by_id = {self.scribe.first_id_of(block): block for block in blocks}
        for each in Dossier.objects.filter(pk__in=by_id).values_list("pk", flat=True):
            by_id.pop(str(each))
        wanted = self.begun.total - self.begun.already
        missing = [(block,) for block in by_id.values()]
        reached = wanted - sum(_size(block) for (block,) in missing)
        added = events = 0
        progress(reached, wanted)
        for (block,), written in work_through(self.scribe.write_block, missing, workers=workers):
            self.scribe.load.add(written.xid)
            added, events = added + _size(block), events + written.events
            progress(reached + added, wanted)
        return added, events

    def _missing_people(self) -> list[tuple[int, int, int]]:
        had = residents(self.ground, self.begun.peopled) if self.begun.peopled else []
        parts = {
            self.scribe.crowd.id_of(commune, first): (commune, first, min(first + _AT_ONCE, last))
            for commune, last in enumerate(self.people)
            for first in range(had[commune] if had else 0, last, _AT_ONCE)
        }
        for each in Person.objects.filter(pk__in=parts).values_list("pk", flat=True):
            parts.pop(str(each))
        return list(parts.values())


def _size(block: Sequence[Arrivals]) -> int:
    return sum(day.size for day in block)


def _begun(total: int, seed: int, at: datetime) -> _Filling | None:
    already = total_of()
    if total <= already:
        return None
    if total < FEWEST:
        raise TooFew
    # Days that are over, and hours: who begins within the same hour tells the same.
    now = seconds_of(at) // 3600 * 3600
    ground = _surveyed(seed, now)
    if not any(counter.online or counter.at_counter for counter in ground.counters):
        raise NothingToFill
    begun = GrowthBegun(
        seed=seed,
        already=already,
        total=total,
        peopled=_peopled(),
        now=now,
        ground=ground.digest,
        indexes={} if already else indexes_of((*WRITTEN, *FOLLOWING)),
        taken={
            name: [taken.total, taken.online]
            for name, taken in taken_in(*YEAR_2023).items()
            if already
        },
    )
    filling = _Filling(begun, ground)
    assert filling.arrivals  # refused now, or not at all
    with transaction.atomic():
        _record(begun, at)
    return filling


def seed_of_the_city() -> int:
    """Return the number that the city is made from; before there is one, the usual."""
    first = _history().filter(kind=GrowthBegun.kind).first()
    return GrowthBegun.of(first).seed if first else SEED


def _taken_up(seed: int) -> _Filling | None:
    rows = list(_history())
    for row in rows:
        if row.kind == GrowthBegun.kind and GrowthBegun.of(row).seed != seed:
            raise AnotherSeed(GrowthBegun.of(row).seed)
    if rows and rows[-1].kind == GrowthBegun.kind:
        begun = GrowthBegun.of(rows[-1])
        return _Filling(begun, _surveyed(begun.seed, begun.now))
    return None


def _surveyed(seed: int, now: int) -> Ground:
    return survey(figures(), seed=seed, last=_yesterday(now))


def _yesterday(now: int) -> date:
    return datetime.fromtimestamp(now, CITY_TIME).date() - timedelta(days=1)


def _history() -> QuerySet[LedgerEvent]:
    return LedgerEvent.objects.about(CITY)


def _peopled() -> int:
    last = _history().filter(kind=GrowthFinished.kind).last()
    return GrowthFinished.of(last).peopled if last else 0


def _made_by_filling() -> int:
    # Those of services have ids of version 4.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossier WHERE substr(id::text, 15, 1) = '7'")
        return int(cursor.fetchone()[0])


def _record(event: GrowthBegun | GrowthFinished, at: datetime) -> None:
    ledger.record(event, subject=CITY, actor="system", at=at)


def _finish(workers: int) -> None:
    for follower in followers.joined():
        followers.catch_up(follower, hands=workers)
    for _table, _done in work_through(
        _analyse, [(table,) for table in (*WRITTEN, *FOLLOWING)], workers=workers
    ):
        pass


def _analyse(table: str) -> None:
    # Else the planner goes by the few rows there were. What it looks up by is told now; of the
    # other columns the autovacuum tells when it comes round.
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_UP_BY, [table])
        [columns] = cursor.fetchone()
        cursor.execute(f"ANALYZE {table} ({columns})")


@contextmanager
def _alone() -> Iterator[None]:
    # A connection apart: the processes that write must not share one with their parent.
    with connections.apart() as own:
        locked = own.execute(
            "SELECT pg_try_advisory_lock(hashtext('demonstration.grow'))"
        ).fetchone()
        if locked is None or not locked[0]:
            raise SomebodyFills
        yield
