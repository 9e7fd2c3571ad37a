"""The very dossiers behind a figure, and figures of single officers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncDate

from motcua.dossiers.models import Dossier
from motcua.kernel.clock import CITY_TIME, day_of, midnight, midnight_after
from motcua.steering.definitions import LEARNED, OF_PETITIONS, STOCKS, Measure, Period
from motcua.steering.models import Fact

from .counts import check_known

# The moments at which what is counted by its day happened.
_HAPPENED = {
    Measure.FILED: "filed_at",
    Measure.RECEIVED: "received_at",
    Measure.RETURNED: "returned_at",
}
_SINCE = {
    Measure.HELPED: "helped_at",
    Measure.TYPED: "typed_at",
    Measure.SYNCED: "synced_at",
    Measure.REUSED: "reused_at",
    Measure.SHARED: "shared_at",
    Measure.CITIZEN_DATA: "citizen_data_at",
    Measure.FEE_DUE: "fee_at",
    Measure.SIGNED: "signed_at",
    Measure.RATED: "rated_at",
}
_SPELLS = {
    Measure.PAUSED: "pauses",
    Measure.OVERDUE: "late",
    Measure.OVERDUE_BY_DATE: "late_days",
}
_IN_A_SPELL = """
    EXISTS (
        SELECT FROM jsonb_array_elements(steering_fact.spells -> %s) AS spell
        WHERE (spell ->> 0)::timestamptz < %s
            AND coalesce((spell ->> 1)::timestamptz, 'infinity') >= %s
    )
"""


class NoListBehindIt(Exception):
    """The measure adds up requests or petitions, not dossiers."""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A dossier that a figure counts."""

    dossier_id: UUID
    code: str  # empty where only figures were loaded
    agency_id: int
    procedure: str
    channel: str
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    officer_id: int | None


def dossiers_behind(
    measure: Measure,
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    received_before: datetime | None = None,
    agency_ids: Collection[int] | None = None,
    procedures: Collection[str] | None = None,
    channels: Collection[str] | None = None,
    officer_id: int | None = None,
    is_part: bool | None = None,
    start: int = 0,
    stop: int = 50,
) -> tuple[int, list[Behind]]:
    """
    Return how many dossiers a figure counts, and some of them, the oldest first.

    :raises TheFutureIsNotKnown: as `counted`
    :raises NoListBehindIt: if the measure does not count dossiers
    """
    facts = _behind(measure, period, as_of=as_of, at=at)
    if received_before is not None:
        facts = facts.filter(received_at__lt=received_before)
    if agency_ids is not None:
        facts = facts.filter(agency_id__in=agency_ids)
    if procedures is not None:
        facts = facts.filter(procedure__in=procedures)
    if channels is not None:
        facts = facts.filter(channel__in=channels)
    if officer_id is not None:
        facts = facts.filter(officer_id=officer_id)
    if is_part is not None:
        facts = facts.filter(is_part=is_part)
    order = "ended_at" if measure.value.startswith("ended") else "received_at"
    rows = list(facts.order_by(order, "dossier_id")[start:stop])
    codes = dict(
        Dossier.objects.filter(pk__in=[row.dossier_id for row in rows]).values_list("pk", "code")
    )
    return facts.count(), [
        Behind(
            dossier_id=row.dossier_id,
            code=codes.get(row.dossier_id, ""),
            agency_id=row.agency_id,
            procedure=row.procedure,
            channel=row.channel,
            received_at=row.received_at,
            due_at=row.due_at,
            ended_at=row.ended_at,
            officer_id=row.officer_id,
        )
        for row in rows
    ]


def counted_of_officers(
    period: Period,
    *,
    as_of: date | None = None,
    at: datetime,
    agency_ids: Collection[int] | None = None,
) -> list[tuple[int, int, dict[Measure, int]]]:
    """
    Return for each officer of each agency what they ended in the period, late or not, and, where
    the period reaches the present, what they hold and how much of it is overdue.

    :raises TheFutureIsNotKnown: as `counted`
    """
    until = check_known(period, as_of=as_of, at=at)
    facts = Fact.objects.filter(officer_id__isnull=False)
    if agency_ids is not None:
        facts = facts.filter(agency_id__in=agency_ids)
    found: dict[tuple[int, int], dict[Measure, int]] = {}
    ended = facts.filter(ended_at__gte=midnight(period.first), ended_at__lt=midnight_after(until))
    for officer, agency, all_, late in ended.values_list("officer_id", "agency_id").annotate(
        all=Count("*"), late=Count("dossier_id", filter=Q(ended_late=True))
    ):
        of = found.setdefault((officer, agency), dict.fromkeys(STOCKS, 0))
        of |= {Measure.ENDED: all_, Measure.ENDED_LATE: late}
    if as_of is None and midnight_after(until) > at:
        held = facts.filter(received_at__isnull=False, ended_at__isnull=True)
        late_now = Q(late_from__isnull=False) | Q(paused_at__isnull=True, due_at__lt=at)
        for officer, agency, all_, late in held.values_list("officer_id", "agency_id").annotate(
            all=Count("*"), late=Count("dossier_id", filter=late_now)
        ):
            of = found.setdefault((officer, agency), {Measure.ENDED: 0, Measure.ENDED_LATE: 0})
            of |= {Measure.OPEN: all_, Measure.OVERDUE: late}
    return [
        (officer, agency, {measure: of.get(measure, 0) for measure in Measure})
        for (officer, agency), of in sorted(found.items())
    ]


def _behind(
    measure: Measure, period: Period, *, as_of: date | None, at: datetime
) -> QuerySet[Fact]:
    until = check_known(period, as_of=as_of, at=at)
    begins, ends = midnight(period.first), midnight_after(until)
    if measure in STOCKS:
        return _standing(measure, min(ends, at) if as_of is None else ends)
    if measure in OF_PETITIONS:
        raise NoListBehindIt(measure)
    if measure in LEARNED:
        received = Fact.objects.filter(received_at__gte=begins, received_at__lt=ends)
        return received.filter(_known(measure, None if as_of is None else midnight_after(as_of)))
    moment = _HAPPENED.get(measure)
    if moment is not None:
        return Fact.objects.filter(**{f"{moment}__gte": begins, f"{moment}__lt": ends})
    ended = Fact.objects.filter(ended_at__gte=begins, ended_at__lt=ends)
    if measure is Measure.REFUSED:
        return ended.filter(ending="refused", received_at__isnull=True)
    ended = ended.filter(received_at__isnull=False)
    match measure:
        case Measure.ENDED:
            return ended
        case Measure.ENDED_LATE:
            return ended.filter(ended_late=True)
        case Measure.ENDED_BEFORE | Measure.ENDED_ON | Measure.ENDED_AFTER:
            return _ended_by_date(ended, measure)
        case Measure.DECIDED | Measure.STOPPED | Measure.WITHDRAWN:
            return ended.filter(ending=measure.value)
    raise NoListBehindIt(measure)


def _ended_by_date(ended: QuerySet[Fact], measure: Measure) -> QuerySet[Fact]:
    dated = ended.alias(
        finished_on=TruncDate(Coalesce("paused_at", "ended_at"), tzinfo=CITY_TIME),
        due_on=TruncDate("due_at", tzinfo=CITY_TIME),
    )
    on_time = Q(ending="withdrawn") | Q(due_on__isnull=True) | Q(finished_on=F("due_on"))
    if measure is Measure.ENDED_ON:
        return dated.filter(on_time)
    side = "finished_on__lt" if measure is Measure.ENDED_BEFORE else "finished_on__gt"
    return dated.exclude(on_time).filter(**{side: F("due_on")})


def _standing(measure: Measure, at: datetime) -> QuerySet[Fact]:
    """Return what stood so just before a moment, past or present."""
    ended = Q(ended_at__isnull=True) | Q(ended_at__gte=at)
    stood = Fact.objects.filter(ended, received_at__lt=at)
    if measure is Measure.OPEN:
        return stood
    kept = stood.alias(
        in_spell=RawSQL(  # noqa: S611 - a constant with parameters
            _IN_A_SPELL, [_SPELLS[measure], at, at], output_field=BooleanField()
        )
    )
    if measure is Measure.PAUSED:
        return kept.filter(in_spell=True)
    ran_out = Q(due_at__lt=at if measure is Measure.OVERDUE else midnight(day_of(at)))
    runs = Q(ended_at__isnull=True, paused_at__isnull=True, late_from__isnull=True)
    return kept.filter(Q(in_spell=True) | (runs & ran_out))


def _known(measure: Measure, by: datetime | None) -> Q:
    """Return the condition that it is known of a received dossier, or was before a moment."""

    def since(name: str) -> Q:
        return Q(**{f"{name}__isnull": False} if by is None else {f"{name}__lt": by})

    result_due = Q(gives_document=True, ending="decided") & since("ended_at")
    complete = (result_due & since("result_at")) | Q(gives_document=False)
    match measure:
        case Measure.ONLINE:
            return Q(channel="online")
        case Measure.PAID_ONLINE:
            return since("paid_at") & since("fee_at")
        case Measure.UNHAPPY:
            return since("disliked_at") | since("petition_at")
        case Measure.LATE:
            return Q(ended_late=True) & since("ended_at")
        case Measure.RESULT_DUE:
            return result_due
        case Measure.RESULT_ELECTRONIC:
            return result_due & since("result_at")
        case Measure.ONLINE_COMPLETE:
            return Q(channel="online") & complete
        case Measure.DIGITISED:
            return since("digitised_at") & complete
    return since(_SINCE[measure])
