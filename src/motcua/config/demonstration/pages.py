"""A block of the city, told and written in one transaction."""

from bisect import bisect_right
from collections import Counter as Tally
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from json.encoder import encode_basestring
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.events import DossierOpened
from motcua.dossiers.models import Channel, Dossier
from motcua.kernel import numbers
from motcua.kernel.ledger.bulk import Chains, Fact, iso
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

_SECRETS = tuple(a + b for a in numbers.READABLE for b in numbers.READABLE)
_NONE = "\\N"


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
        self.ground, self.calendar = ground, calendar
        self.seed, self.already, self.now = seed, already, now
        self.people = people  # how many live in each commune
        self.crowd = Crowd(seed, [name for _code, name, _weight in ground.communes])

    @transaction.atomic
    def write_people(self, commune: int, first: int, last: int) -> int:
        """Register inhabitants of a commune. Return how many events were recorded."""
        at = day_number(self.ground.figures.people_known_since) * DAY
        _wait_for_no_disk()
        chains = Chains()
        fact = [Fact(PersonRegistered.kind, at, "system", "{}")]
        lines = []
        for number in range(first, last):
            person = self.crowd.inhabitant(commune, number)
            lines.append("\t".join(person) + "\t\n")
            chains.begin("person", person.id, fact)
        parties.copy_people(people=lines)
        return chains.copy()

    @transaction.atomic
    def write_block(self, block: Sequence[Arrivals]) -> int:
        """Write the dossiers that came on some days. Return how many events were recorded."""
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
        recorded = page.chains.copy()
        dossiers.put_out_apologies(apologies=page.apologies)
        return recorded

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
    """The lines of one transaction."""

    def __init__(self, scribe: Scribe) -> None:
        self.scribe = scribe
        self.chains = Chains()
        self.dossiers: list[str] = []
        self.requests: list[str] = []
        self.results: list[str] = []
        self.hand_overs: list[str] = []
        self.delays: list[str] = []
        self.causes: list[str] = []
        self.apologies: list[dossiers.BulkApology] = []

    def tell_day(
        self, day: int, offers: list[tuple[Group, Offer]], drawn: dict[tuple[str, date], int]
    ) -> None:
        scribe = self.scribe
        ids, rng = scribe._rng("ids", day), scribe._rng("lives", day)
        said, learned = scribe._rng("delays", day), scribe._rng("facts", day)
        on = date_of(day)
        codes: dict[str, str] = {}
        for index, (group, offer) in enumerate(offers):
            key = (offer.office.code, on)
            drawn[key] += 1
            code = codes.get(offer.office.code)
            if code is None:
                code = numbers.dossier_code(offer.office.code, on, 0)[:-4]
                codes[offer.office.code] = code
            self._tell(
                _id(scribe.calendar, day, index, ids),
                f"{code}{drawn[key]:04}",
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
        answers = template.filled(submitter, other, ground.communes[commune][0], day)
        wording, office = life.wording, offer.office
        life.facts.append(
            Fact(
                DossierOpened.kind,
                life.submitted_at,
                f"person:{submitter.id}",
                f'{{"answers_digest":"{sha256(answers.encode()).hexdigest()}",'
                f'"case":"{life.case.key}","channel":"{life.channel}","code":"{code}",'
                f'"procedure":"{wording.code}","receiving_unit":{office.receiving_unit},'
                f'"settling_agency":{office.id},"version":{wording.number}}}',
            )
        )
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
        self.dossiers.append(
            f"{id_}\t{code}\t{secret}\t{wording.version_id}\t{life.case.key}\t{life.channel}\t"
            f"{life.state}\t{owner.id}\t{submitter.id}\t{owner.full_name}\t{owner.folded_name}\t"
            f"{_escaped(answers)}\t{office.receiving_unit}\t{office.id}\t{_or_none(life.step)}\t"
            f"{_or_none(life.unit)}\t{_at(step_due_at)}\t{_or_none(life.holder)}\t"
            f"{iso(life.submitted_at)}\t{_at(intake_due_at)}\t{_at(life.accepted_at)}\t"
            f"{_at(life.due_at)}\t{_at(life.paused_at)}\t{_at(life.answer_due_at)}\t"
            f"{_at(life.completed_at)}\t"
            f"{_at(life.returned_at)}\t{_at(promised_at)}\t"
            f"{_at(self._wakes_at(life, step_due_at, intake_due_at, promised_at))}\n"
        )
        if delayed is not None:
            self._write_delay(id_, life, delayed)
        for asked in life.requests:
            items = _escaped(
                f"{{{encode_basestring(asked.paper)}:{encode_basestring(asked.needed)}}}"
            )
            self.requests.append(
                f"{id_}\t{asked.phase}\t{asked.round}\t{asked.reason}\t{items}\t{asked.by}\t{iso(asked.at)}\t"
                f"{_at(asked.answered_at)}\t{asked.answer}\n"
            )
        if life.decision is not None:
            assert life.completed_at is not None
            outcome, number, summary, leader = life.decision
            self.results.append(
                f"{id_}\t{outcome}\t{number}\t{summary}\t{leader}\t{iso(life.completed_at)}\n"
            )
        if life.hand_over is not None:
            assert life.returned_at is not None
            method, receiver, officer = life.hand_over
            self.hand_overs.append(
                f"{id_}\t{method}\t{receiver}\t{officer}\t{iso(life.returned_at)}\n"
            )

    def _write_delay(self, id_: str, life: Life, delayed: Delayed) -> None:
        assert life.due_at is not None
        stood = delayed.stood
        self.delays.append(
            f"{id_}\t{iso(life.due_at)}\t{stood.step}\t{stood.unit}\t{_or_none(stood.holder)}\n"
        )
        if (why := delayed.explained) is not None:
            self.causes.append(f"{id_}\t{why.cause}\t{why.words}\t\t{why.by}\t{iso(why.at)}\n")
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
        if life.step is None:
            return None
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


def _or_none(value: Any) -> Any:
    return _NONE if value is None else value


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _at(moment: int | None) -> str:
    return _NONE if moment is None else iso(moment)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\") if "\\" in text else text
