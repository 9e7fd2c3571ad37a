"""The statutory papers of a dossier, the sheet that shows its way, and a unit's register."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import (
    Dossier,
    DossierComponent,
    HandOver,
    IssuedPaper,
    PresentedPaper,
)
from motcua.kernel.clock import CITY_TIME, midnight, midnight_after
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency, Place, PlaceLevel, Unit
from motcua.offices.queries import Mandate
from motcua.procedures.definitions import Version

from .history import history_of, title_of

# Read at a time when a register is gone through to its end.
CHUNK = 1000

# What is addressed to the applicant. The control sheet is the office's own.
TO_THE_APPLICANT = frozenset(
    {
        Paper.RECEIPT_SLIP,
        Paper.SUPPLEMENT_REQUEST,
        Paper.REJECTION,
        Paper.APOLOGY,
        Paper.STOP_NOTICE,
    }
)


class NoSuchPaper(Exception):
    """The dossier has no such paper, or none for this reader."""


def issued_papers_of(dossier: Dossier) -> list[IssuedPaper]:
    """Return the papers that were issued about the dossier, in order."""
    return list(
        IssuedPaper.objects.filter(dossier=dossier)
        .select_related("issued_by")
        .defer("facts")
        .order_by("issued_at", "year", "number")
    )


def issued_paper_of(dossier: Dossier, paper_id: UUID) -> IssuedPaper:
    """
    Return one of the papers issued about the dossier.

    :raises NoSuchPaper: also when it is about another dossier
    """
    issued = IssuedPaper.objects.filter(dossier=dossier, pk=paper_id).first()
    if issued is None:
        raise NoSuchPaper(str(paper_id))
    return issued


def receipt_slip_of(dossier: Dossier) -> IssuedPaper | None:
    """Return the receipt slip, or None: dossiers that came from elsewhere have none of ours."""
    return (
        IssuedPaper.objects.filter(dossier=dossier, paper=Paper.RECEIPT_SLIP)
        .order_by("-issued_at")
        .first()
    )


@dataclass(frozen=True, kw_only=True)
class Passing:
    """One line of the control sheet: who gave the dossier to whom, when, and how it stood then."""

    giver: str
    giver_name: str
    taker: str
    taker_name: str
    handed_at: datetime
    due_at: datetime | None  # of the step that ends here
    note: str

    @property
    def result(self) -> str:
        """Return whether the step was done before its time, on time or after it."""
        if self.due_at is None:
            return ""
        if self.handed_at > self.due_at:
            return str(_("Quá hạn"))
        same_day = (
            self.handed_at.astimezone(CITY_TIME).date() == self.due_at.astimezone(CITY_TIME).date()
        )
        return str(_("Đúng hạn") if same_day else _("Trước hạn"))


def passings_of(
    dossier: Dossier,
    version: Version,
    *,
    units: Mapping[int, str],
    officers: Mapping[int, str],
    history: Iterable[LedgerEvent] | None = None,
) -> list[Passing]:
    """Return the way of the dossier from unit to unit, as the ledger tells it."""
    calendar = calendars.city_calendar(dossier.settling_agency_id)
    passings: list[Passing] = []
    unit, step, entered_at = dossier.receiving_unit_id, version.first_step, dossier.submitted_at
    for event in history_of(dossier) if history is None else history:
        told = event.data
        if "verb" not in told:
            continue
        following, next_step = told["unit"], told["step"]
        if (following, next_step) == (unit, step):
            continue
        limit = version.steps[step].limit if step in version.steps else None
        kind, _colon, number = event.actor.partition(":")
        passings.append(
            Passing(
                giver=units.get(unit, ""),
                giver_name=officers.get(int(number), "") if kind == "officer" else "",
                taker=units.get(following, "") if following else str(_("Kết thúc")),
                taker_name="",
                handed_at=event.occurred_at,
                due_at=working.due_at(calendar, entered_at, limit) if limit else None,
                note=title_of(event.kind),
            )
        )
        if following is None:
            break
        unit, step, entered_at = following, next_step, event.occurred_at
    return passings


def place_of_issue(agency: Agency) -> str:
    """Return the place that stands before the day on the agency's papers."""
    if agency.place is not None:
        return agency.place.name
    city = Place.objects.filter(level=PlaceLevel.PROVINCE).order_by("-valid_from").first()
    return city.name if city else ""


def units_named(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of units by their ids."""
    return dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "name"))


@dataclass(frozen=True, kw_only=True)
class Period:
    """From one day of the city to another, both included."""

    since: date
    until: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the first moment, and the first that is no longer in it."""
        return (
            midnight(self.since),
            midnight_after(self.until),
        )


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One line of the register."""

    serial: int
    dossier: Dossier
    papers: int
    contact: str
    passed_at: datetime | None
    method: str


@dataclass(frozen=True)
class Register:
    """The dossiers that a one-stop unit accepted in a period, in the order of acceptance."""

    dossiers: QuerySet[Dossier]

    def count(self) -> int:
        """Return how many lines it has."""
        return self.dossiers.count()

    def page(self, start: int, stop: int) -> list[RegisterRow]:
        """Return the lines from one place to another, however many there are."""
        return _lines(list(self.dossiers[start:stop]), first=start + 1)

    def rows(self) -> Iterator[RegisterRow]:
        """Go through every line, holding few at a time."""
        lines: list[Dossier] = []
        serial = 1
        for dossier in self.dossiers.iterator(chunk_size=CHUNK):
            lines.append(dossier)
            if len(lines) == CHUNK:
                yield from _lines(lines, first=serial)
                serial += len(lines)
                lines = []
        yield from _lines(lines, first=serial)


def registers_of(mandate: Mandate) -> list[Unit]:
    """Return the units whose register the officer may read: those of the officer's agencies."""
    return list(
        Unit.objects.filter(agency_id__in=mandate.agency_ids, role="one_stop")
        .select_related("agency__parent", "agency__place")
        .order_by("name", "pk")
    )


def register_of(
    unit: Unit, period: Period, *, procedure: str = "", open_only: bool = False
) -> Register:
    """Return the unit's register of a period, narrowed to a procedure or to what is still open."""
    since, until = period.bounds
    dossiers = Dossier.objects.filter(
        receiving_unit=unit, accepted_at__gte=since, accepted_at__lt=until
    )
    if procedure:
        dossiers = dossiers.filter(version__procedure__code=procedure)
    if open_only:
        dossiers = dossiers.filter(returned_at=None, completed_at=None)
    return Register(
        dossiers.select_related("owner", "settling_agency")
        .defer("answers")
        .order_by("accepted_at", "code")
    )


def _lines(dossiers: list[Dossier], *, first: int) -> list[RegisterRow]:
    ids = [dossier.pk for dossier in dossiers]
    if not ids:
        return []
    papers: dict[UUID, int] = {}
    for model in (DossierComponent, PresentedPaper):
        counted = (
            model.objects.filter(dossier_id__in=ids)
            .order_by()
            .values_list("dossier_id")
            .annotate(count=Count("key", distinct=True))
        )
        for dossier_id, count in counted:
            papers[dossier_id] = papers.get(dossier_id, 0) + count
    methods = {
        hand_over.dossier_id: hand_over.get_method_display()
        for hand_over in HandOver.objects.filter(dossier_id__in=ids)
    }
    return [
        RegisterRow(
            serial=number,
            dossier=dossier,
            papers=papers.get(dossier.pk, 0),
            contact=dossier.owner.address,
            # At acceptance a dossier goes on at once to the unit that settles it.
            passed_at=dossier.accepted_at,
            method=methods.get(dossier.pk, ""),
        )
        for number, dossier in enumerate(dossiers, start=first)
    ]
