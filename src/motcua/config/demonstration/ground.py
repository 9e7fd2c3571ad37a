"""What the city is made of, read once before it is filled: agencies, officers, procedures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from random import Random

from motcua.calendars.limits import Limit
from motcua.dossiers.queries import answer_rule_of
from motcua.offices.models import (
    Agency,
    AgencyKind,
    Appointment,
    Place,
    PlaceLevel,
    PostRole,
    Unit,
    UnitRole,
)
from motcua.procedures.definitions import Channel, OnlineLevel, PausePolicy, StepAct, Version
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import compiled

from .figures import Figures, Obligation
from .moments import day_number
from .templates import Template, UnableToAnswer, template_of

TEMPLATES_PER_CASE = 8
_ACTING = (PostRole.RECEIVER, PostRole.PROCESSOR, PostRole.LEADER)


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a procedure, with answers that were tried on its form."""

    key: str
    limits: Mapping[str, Limit]
    papers: tuple[str, ...]  # keys of the components one may ask for
    templates: tuple[Template, ...]
    fee_dong: int  # what everybody pays whose amount is known here


@dataclass(frozen=True, slots=True)
class Wording:
    """A procedure's version as far as a dossier's life depends on it."""

    version_id: int
    code: str
    number: int
    day: int  # in force from
    intake_limit: Limit
    pause_policy: PausePolicy
    answer_limit: Limit
    cases: tuple[Case, ...]
    first_step: str
    first_limit: Limit | None
    channels: tuple[str, ...]
    obligation: Obligation | None
    obligation_step: str  # where it is settled; empty: at the first examination


@dataclass(frozen=True, slots=True)
class Station:
    """A step of the route at one agency."""

    key: str
    unit: int
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class Route:
    """What comes after acceptance: examinations in turn, the signature, the hand-over."""

    examinations: tuple[Station, ...]
    decision: Station
    hand_over: Station
    sends_back: bool  # to the last examination


@dataclass(frozen=True, slots=True)
class Office:
    """An agency that settles."""

    id: int
    code: str
    receiving_unit: int
    communes: tuple[int, ...]  # places in Ground.communes: whose people come; empty: everybody's


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure at an agency: each wording with its route, the oldest first."""

    office: Office
    wordings: tuple[tuple[Wording, Route], ...]
    weight: int
    takes_online: bool

    def on(self, day: int) -> tuple[Wording, Route]:
        """
        Return the wording in force on a day.

        Before the first that the catalogue knows, the first: older ones were never authored.
        """
        found = self.wordings[0]
        for each in self.wordings:
            if each[0].day <= day:
                found = each
        return found


@dataclass(frozen=True, slots=True)
class Counter:
    """A line of the annex: everything that is offered below it."""

    place: int  # among the lines
    online: tuple[Offer, ...]
    online_weights: tuple[int, ...]  # running totals
    at_counter: tuple[Offer, ...]
    at_counter_weights: tuple[int, ...]


@dataclass(frozen=True)
class Ground:
    """All that the filling of the city reads. Two processes with the same ground do the same."""

    figures: Figures
    counters: tuple[Counter, ...]
    communes: tuple[tuple[str, str, int], ...]  # code, full name, weight
    officers: Mapping[tuple[int, str], tuple[tuple[int, int], ...]]  # unit, role → id, since day
    left_out: tuple[str, ...]  # procedures that could not be played, everywhere or at an agency
    digest: str


def survey(figures: Figures, *, seed: int, last: date) -> Ground:
    """Read the ground as it is for filings up to a day."""
    return _Survey(figures, seed, last).ground()


class _Survey:
    """One reading of offices and catalogue."""

    def __init__(self, figures: Figures, seed: int, last: date) -> None:
        self.figures, self.seed, self.last = figures, seed, last
        self.left_out: list[str] = []
        self.places = list(
            # As it was on the first day, for ever: who lives where must not change with the map.
            Place.objects.in_force(figures.first_day)
            .filter(level=PlaceLevel.COMMUNE)
            .select_related("parent")
            .order_by("code")
        )
        self.commune_at = {place.pk: number for number, place in enumerate(self.places)}
        self.units: dict[int, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.in_force(last).order_by("pk"):
            self.units[unit.agency_id].append(unit)
        self.officers = self._officers()

    def ground(self) -> Ground:
        """Put it all together."""
        versions = self._versions()
        lines = {line.agency: place for place, line in enumerate(self.figures.annex)}
        offers: dict[int, list[Offer]] = defaultdict(list)
        agencies = (
            Agency.objects.in_force(self.last).select_related("parent", "place").order_by("pk")
        )
        for agency in agencies:
            above = agency.parent if agency.kind == AgencyKind.COMMUNE else agency
            if above is None or above.name not in lines:
                continue
            offers[lines[above.name]] += self._offers_of(agency, versions)
        counters = tuple(
            _counter(lines[line.agency], offers[lines[line.agency]]) for line in self.figures.annex
        )
        communes = tuple(
            (place.code, _address(place), self.figures.places.get(place.code, 10))
            for place in self.places
        )
        return Ground(
            figures=self.figures,
            counters=counters,
            communes=communes,
            officers=self.officers,
            left_out=tuple(self.left_out),
            digest=_digest_of(counters, communes, self.officers),
        )

    def _officers(self) -> dict[tuple[int, str], tuple[tuple[int, int], ...]]:
        found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        appointments = (
            Appointment.objects.filter(post__role__in=_ACTING, valid_to=None)
            .order_by("valid_from", "pk")
            .values_list("post__unit_id", "post__role", "officer_id", "valid_from")
        )
        for unit, role, officer, since in appointments:
            found[unit, role].append((officer, day_number(since)))
        return {key: tuple(officers) for key, officers in found.items()}

    def _versions(self) -> dict[str, list[tuple[Version, Wording]]]:
        found: dict[str, list[tuple[Version, Wording]]] = defaultdict(list)
        rows = ProcedureVersion.objects.filter(valid_from__lte=self.last).order_by(
            "procedure__code", "number"
        )
        for row in rows:
            if row.valid_to is not None and row.valid_to < row.valid_from:
                continue  # replaced on its first day: in force on none
            version = compiled(row.pk)
            try:
                # What is settled in parts needs a life for each part: the stories tell those.
                if version.level is not OnlineLevel.INFO_ONLY and version.linked is None:
                    found[version.code].append((version, self._wording(version)))
            except UnableToAnswer:
                self.left_out.append(version.code)
        return found

    def _wording(self, version: Version) -> Wording:
        first = version.steps[version.first_step]
        return Wording(
            version_id=version.id,
            code=version.code,
            number=version.number,
            day=day_number(version.valid_from),
            intake_limit=version.intake_limit,
            pause_policy=version.pause_policy,
            answer_limit=answer_rule_of(version).limit,
            cases=tuple(self._cases(version)),
            first_step=version.first_step,
            first_limit=first.limit,
            channels=tuple(sorted(channel.value for channel in version.channels)),
            obligation=next(
                (
                    each
                    for each in self.figures.obligations
                    if version.code == each.procedure or version.field_code == each.field
                ),
                None,
            ),
            obligation_step=version.obligation_step.key if version.obligation_step else "",
        )

    def _cases(self, version: Version) -> Iterator[Case]:
        rng = Random(f"{self.seed} answers {version.code} {version.number}")  # noqa: S311 - made up, to be repeated
        for case in version.cases.values():
            yield Case(
                key=case.key,
                limits={channel.value: limit for channel, limit in case.limits.items()},
                papers=tuple(component.key for component in case.components),
                templates=tuple(template_of(version, rng) for _ in range(TEMPLATES_PER_CASE)),
                fee_dong=sum(fee.amount_dong or 0 for fee in case.fees if fee.when is None),
            )

    def _offers_of(
        self, agency: Agency, versions: Mapping[str, Sequence[tuple[Version, Wording]]]
    ) -> Iterator[Offer]:
        receiving = self._unit(agency.pk, UnitRole.ONE_STOP, "")
        if receiving is None or not self._has(receiving, PostRole.RECEIVER):
            return
        office = Office(
            id=agency.pk,
            code=agency.code,
            receiving_unit=receiving,
            communes=self._communes_of(agency),
        )
        busy = self.figures.places.get(agency.place.code, 10) if agency.place else 10
        for code, wordings in versions.items():
            version = wordings[-1][0]
            if not _settles(agency, version):
                continue
            routed = [
                (wording, route)
                for each, wording in wordings
                if (route := self._route(agency.pk, receiving, each)) is not None
            ]
            if not routed:
                self.left_out.append(f"{code} @ {agency.code}")
                continue
            first_choice = bool(version.settling_agency) or agency.kind == version.settled_by[0]
            yield Offer(
                office=office,
                wordings=tuple(routed),
                # A district does what its communes do as well, and less of it than they do.
                weight=self.figures.procedures.get(code, 10) * busy // (1 if first_choice else 4),
                takes_online=first_choice and Channel.ONLINE in version.channels,
            )

    def _communes_of(self, agency: Agency) -> tuple[int, ...]:
        return tuple(
            self.commune_at[place.pk]
            for place in self.places
            if agency.place_id in (place.pk, place.parent_id)
        )

    def _route(self, agency: int, receiving: int, version: Version) -> Route | None:
        """Return the route, or None where the agency lacks a unit or a post on the way."""
        examinations: list[Station] = []
        step = version.steps[version.first_step]
        while step.next and len(examinations) <= len(version.steps):
            step = version.steps[step.next[0]]
            role = {StepAct.EXAMINE: PostRole.PROCESSOR, StepAct.DECIDE: PostRole.LEADER}.get(
                step.act
            )
            unit = (
                receiving
                if step.unit_role == UnitRole.ONE_STOP
                else self._unit(agency, step.unit_role, version.code)
            )
            if unit is None or role is None or not self._has(unit, role):
                return None
            station = Station(step.key, unit, step.limit)
            if step.act is StepAct.EXAMINE:
                examinations.append(station)
                continue
            last = version.return_step
            hand_over = self._unit(agency, last.unit_role, version.code)
            if last.unit_role == UnitRole.ONE_STOP:
                hand_over = receiving
            if not examinations or hand_over is None:
                return None
            return Route(
                examinations=tuple(examinations),
                decision=station,
                hand_over=Station(last.key, hand_over, last.limit),
                sends_back=step.back == examinations[-1].key,
            )
        return None

    def _unit(self, agency: int, role: str, procedure: str) -> int | None:
        units = [unit for unit in self.units[agency] if unit.role == role]
        named = [unit.pk for unit in units if procedure in unit.settles]
        return next(iter(named or [unit.pk for unit in units]), None)

    def _has(self, unit: int, role: str) -> bool:
        return bool(self.officers.get((unit, role)))


def _settles(agency: Agency, version: Version) -> bool:
    if version.settling_agency:
        return agency.name == version.settling_agency
    return agency.place_id is not None and agency.kind in version.settled_by


def _counter(place: int, offers: Sequence[Offer]) -> Counter:
    online = tuple(offer for offer in offers if offer.takes_online)
    at_counter = tuple(
        offer
        for offer in offers
        if any(Channel.DIRECT in wording.channels for wording, _route in offer.wordings)
    )
    return Counter(
        place=place,
        online=online,
        online_weights=tuple(accumulate(offer.weight for offer in online)),
        at_counter=at_counter,
        at_counter_weights=tuple(accumulate(offer.weight for offer in at_counter)),
    )


def _digest_of(counters: Sequence[Counter], *others: object) -> str:
    """Return one value that another ground would not have."""
    offers = [offer for each in counters for offer in (*each.online, *each.at_counter)]
    # Each wording once: it is long, and the same at every agency.
    wordings = {w.version_id: w for offer in offers for w, _route in offer.wordings}
    told = (
        [
            (
                (offer.office, offer.weight, offer.takes_online),
                [(wording.version_id, route) for wording, route in offer.wordings],
            )
            for offer in offers
        ],
        sorted(wordings.items(), key=lambda each: each[0]),
        others,
    )
    return sha256(repr(told).encode()).hexdigest()


def _address(place: Place) -> str:
    return ", ".join(p.full_name for p in (place, place.parent) if p is not None)
