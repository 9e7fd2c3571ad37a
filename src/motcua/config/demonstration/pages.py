"""A block of the city, told and written in one transaction."""

from bisect import bisect_right
from collections import Counter as Tally
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from random import Random
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.events import DossierOpened
from motcua.dossiers.models import Channel, Dossier
from motcua.kernel import numbers
from motcua.kernel.copying import uuid
from motcua.kernel.ledger.bulk import Chains, Words, often_said
from motcua.kernel.ledger.followers import Feeding
from motcua.parties import services as parties
from motcua.parties.events import PersonRegistered
from motcua.procedures.queries import compiled

from .crowd import Crowd, Inhabitant
from .delays import Delayed, delay_of
from .echoes import echo
from .ground import Ground, Offer
from .lives import Life
from .moments import DAY, SecondsCalendar, date_of, day_number, seconds_of
from .plan import Arrivals, Fate, Group
from .rows import (
    cause_row,
    delay_row,
    dossier_row,
    hand_over_row,
    person_row,
    request_row,
    result_row,
)

_SECRETS = tuple(a + b for a in numbers.READABLE for b in numbers.READABLE)


class Written(NamedTuple):
    """What a transaction wrote."""

    events: int
    xid: int


class Scribe:
    """Writes people and dossiers of one growth of the city."""

    def __init__(
        self,
        ground: Ground,
        calendar: SecondsCalendar,
        *,
        seed: int,
        already: int,
        now: int,
        people: Sequence[int],
    ) -> None:
        self.load = Feeding()  # who is told meanwhile
        self.ground, self.calendar = ground, calendar
        self.seed, self.already, self.now = seed, already, now
        self.people = people  # how many live in each commune
        self.crowd = Crowd(seed, [name for _code, name, _weight in ground.communes])

    @transaction.atomic
    def write_people(self, commune: int, first: int, last: int) -> Written:
        """Register inhabitants of a commune."""
        at = day_number(self.ground.figures.people_known_since) * DAY
        _wait_for_no_disk()
        chains = Chains()
        facts = [(at, often_said(PersonRegistered.kind, "system", "{}"))]
        rows = []
        for number in range(first, last):
            person = self.crowd.inhabitant(commune, number)
            rows.append(person_row(person))
            chains.begin("person", person.id, facts)
        parties.copy_people(people=rows)
        return self._written(chains)

    @transaction.atomic
    def write_block(self, block: Sequence[Arrivals]) -> Written:
        """Write the dossiers that came on some days."""
        _wait_for_no_disk()
        days = [(arrivals.day, self._offers_on(arrivals)) for arrivals in block]
        counts: Tally[tuple[str, date]] = Tally(
            (offer.office.code, date_of(day)) for day, offers in days for _group, offer in offers
        )
        drawn = dossiers.reserve_numbers(counts=counts)
        page = _Page(self)
        for day, offers in days:
            page.tell_day(day, offers, drawn)
        dossiers.copy_dossiers(
            dossiers=page.dossiers,
            requests=page.requests,
            results=page.results,
            hand_overs=page.hand_overs,
            delays=page.delays,
            causes=page.causes,
        )
        written = self._written(page.chains)
        dossiers.put_out_apologies(apologies=page.apologies)
        return written

    def _written(self, chains: Chains) -> Written:
        self.load.take_in(chains)
        return Written(chains.copy(), chains.xid)

    def first_id_of(self, block: Sequence[Arrivals]) -> str:
        """Return the id of the block's first dossier, by which one sees whether it was written."""
        day = block[0].day
        return _id(self.calendar, day, 0, self._rng("ids", day))

    def _offers_on(self, arrivals: Arrivals) -> list[tuple[Group, Offer]]:
        rng = self._rng("offers", arrivals.day)
        found = []
        for group, count in arrivals.groups:
            counter = self.ground.counters[group.counter]
            online = group.fate is Fate.ONLINE or not counter.at_counter
            offers = counter.online if online else counter.at_counter
            weights = counter.online_weights if online else counter.at_counter_weights
            for _ in range(count):
                found.append((group, offers[bisect_right(weights, rng.random() * weights[-1])]))
        return found

    def _rng(self, what: str, day: int) -> Random:
        return Random(f"{self.seed} {what} {self.already} {day}")  # noqa: S311 - made up, to be repeated


class _Page:
    """The rows of one transaction."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self.chains = Chains()
        self.dossiers: list[bytes] = []
        self.requests: list[bytes] = []
        self.results: list[bytes] = []
        self.hand_overs: list[bytes] = []
        self.delays: list[bytes] = []
        self.causes: list[bytes] = []
        self.apologies: list[dossiers.BulkApology] = []

    def tell_day(
        self, day: int, offers: list[tuple[Group, Offer]], drawn: dict[tuple[str, date], int]
    ) -> None:
        scribe = self.scribe
        ids, rng = scribe._rng("ids", day), scribe._rng("lives", day)
        said, learned = scribe._rng("delays", day), scribe._rng("facts", day)
        on = date_of(day)
        after_unit = numbers.dossier_code("", on, 0)[:-4]
        for index, (group, offer) in enumerate(offers):
            key = (offer.office.code, on)
            drawn[key] += 1
            self._tell(
                _id(scribe.calendar, day, index, ids),
                f"{offer.office.code}{after_unit}{drawn[key]:04}",
                group,
                offer,
                day,
                rng,
                said,
                learned,
            )

    def _tell(
        self,
        id_: str,
        code: str,
        group: Group,
        offer: Offer,
        day: int,
        rng: Random,
        said: Random,
        learned: Random,
    ) -> None:
        scribe = self.scribe
        ground, calendar = scribe.ground, scribe.calendar
        commune, owner = self._inhabitant(offer, rng)
        other = submitter = owner
        if rng.random() * 1000 < ground.figures.filed_by_another:
            _, other = self._inhabitant(offer, rng, commune)
            submitter = other
        life = Life(
            ground,
            calendar,
            now=scribe.now,
            rng=rng,
            group=group,
            offer=offer,
            day=day,
            submitter=submitter,
        )
        templates = life.case.templates
        template = templates[int(rng.random() * len(templates))]
        if template.names_another:
            _, other = self._inhabitant(offer, rng, commune)
        answers = template.filled(submitter, other, ground.communes[commune][0], day).encode()
        wording, office = life.wording, offer.office
        opened = Words(
            DossierOpened.kind,
            f"person:{submitter.id}",
            f'{{"answers_digest":"{sha256(answers).hexdigest()}",'
            f'"case":"{life.case.key}","channel":"{life.channel}","code":"{code}",'
            f'"procedure":"{wording.code}","receiving_unit":{office.receiving_unit},'
            f'"settling_agency":{office.id},"version":{wording.number}}}',
        )
        life.facts.append((life.submitted_at, opened))
        life.tell()
        delayed = delay_of(life, now=scribe.now, rng=said)
        echo(life, now=scribe.now, rng=learned)
        apologised = delayed.apologised if delayed is not None else None
        promised_at = apologised.promised_at if apologised is not None else None
        self.chains.begin("dossiers.dossier", id_, life.facts)
        step_due_at = None
        if life.step is not None and life.step_since[0] is not None:
            step_due_at = calendar.due(life.step_since[1], life.step_since[0])
        intake_due_at = (
            calendar.due(life.submitted_at, wording.intake_limit)
            if life.channel == Channel.ONLINE
            else None
        )
        drawn = rng.getrandbits(40)
        secret = (
            _SECRETS[drawn & 1023]
            + _SECRETS[drawn >> 10 & 1023]
            + _SECRETS[drawn >> 20 & 1023]
            + _SECRETS[drawn >> 30]
        )
        field = uuid(id_)
        self.dossiers.append(
            dossier_row(
                field,
                life,
                code=code,
                secret=secret,
                owner=owner,
                answers=answers,
                step_due_at=step_due_at,
                intake_due_at=intake_due_at,
                promised_at=promised_at,
                wakes_at=(
                    self._wakes_at(life, step_due_at, intake_due_at, promised_at)
                    if life.step is not None
                    else None
                ),
            )
        )
        self.requests += [request_row(field, asked) for asked in life.requests]
        if delayed is not None:
            self._write_delay(id_, field, life, delayed)
        if life.decision is not None:
            self.results.append(result_row(field, life))
        if life.hand_over is not None:
            self.hand_overs.append(hand_over_row(field, life))

    def _write_delay(self, id_: str, field: bytes, life: Life, delayed: Delayed) -> None:
        assert life.due_at is not None
        self.delays.append(delay_row(field, life, delayed))
        if delayed.explained is not None:
            self.causes.append(cause_row(field, delayed))
        if (sorry := delayed.apologised) is not None:
            self.apologies.append(
                dossiers.BulkApology(
                    dossier_id=UUID(id_),
                    due_at=datetime.fromtimestamp(life.due_at, UTC),
                    promised_at=datetime.fromtimestamp(sorry.promised_at, UTC),
                    words=sorry.words,
                    signed_by_id=sorry.by,
                    signed_at=datetime.fromtimestamp(sorry.at, UTC),
                )
            )

    def _wakes_at(
        self,
        life: Life,
        step_due_at: int | None,
        intake_due_at: int | None,
        promised_at: int | None,
    ) -> int | None:
        # Few are open, so the clock of one dossier is quick enough for them.
        told = Dossier(
            state=life.state,
            case_key=life.case.key,
            channel=life.channel,
            step_key=life.step,
            step_due_at=_moment(step_due_at),
            intake_due_at=_moment(intake_due_at),
            due_at=_moment(life.due_at),
            promised_at=_moment(promised_at),
            answer_due_at=_moment(life.answer_due_at),
        )
        version = compiled(life.wording.version_id)
        wakes_at = queries.wakes_at(told, version, at=datetime.fromtimestamp(self.scribe.now, UTC))
        return None if wakes_at is None else seconds_of(wakes_at)

    def _inhabitant(
        self, offer: Offer, rng: Random, commune: int | None = None
    ) -> tuple[int, Inhabitant]:
        scribe = self.scribe
        if commune is None:
            communes = offer.office.communes or range(len(scribe.people))
            commune = communes[int(rng.random() * len(communes))]
        # Few come often, most once or twice.
        number = int(scribe.people[commune] * rng.random() ** 1.5)
        return commune, scribe.crowd.inhabitant(commune, number)


def _wait_for_no_disk() -> None:
    # A block that a power cut takes away is missing whole, and is written by the next call. What
    # says that the growth is finished waits for the disk, and so for all that was written before.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _id(calendar: SecondsCalendar, day: int, index: int, rng: Random) -> str:
    """Return an id as of RFC 9562, version 7: by days, so that indexes grow at their end."""
    moment = calendar.midnight(day) * 1000 + index
    text = f"{moment:012x}"
    drawn = rng.getrandbits(74)
    return (
        f"{text[:8]}-{text[8:]}-7{drawn & 0xFFF:03x}-"
        f"{0x8000 | drawn >> 12 & 0x3FFF:04x}-{drawn >> 26:012x}"
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
