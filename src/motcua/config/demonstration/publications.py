"""Two months that the demonstration city publishes: one is public, one open to replies."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from motcua.calendars.queries import city_calendar
from motcua.disclosure import queries, services
from motcua.disclosure.definitions import LineKind, Naming
from motcua.disclosure.models import DisclosedLine, Publication
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.offices.models import Appointment, PostRole
from motcua.offices.queries import Mandate, mandate_of

from .cast import mandate_named

_DRAFTER, _HEAD, _CHAIR = "kiemsoat", "chanhvanphong", "chutich-tp"


@transaction.atomic
def publish_months(*, at: datetime) -> None:
    """Carry the month before last to everybody, and last month to the replies; once."""
    if Publication.objects.exists():
        return
    last = (day_of(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    by = {name: mandate_named(name, day_of(at)) for name in (_DRAFTER, _HEAD, _CHAIR)}
    _publish(before, by, drafted_on=last + timedelta(days=3))
    drafted = services.draft_publication(
        month=last, mandate=by[_DRAFTER], figures=queries.figures_of(last, at=at), at=at
    )
    services.open_replies(publication_id=drafted.pk, mandate=by[_DRAFTER], at=at)


def _publish(month: date, by: dict[str, Mandate], *, drafted_on: date) -> None:
    drafter, head, chair = by[_DRAFTER], by[_HEAD], by[_CHAIR]
    begun = _working_morning(drafted_on)
    publication = services.draft_publication(
        month=month, mandate=drafter, figures=queries.figures_of(month, at=begun), at=begun
    )
    opened = services.open_replies(
        publication_id=publication.pk, mandate=drafter, at=begun + timedelta(hours=1)
    )
    _answer(publication, at=begun + timedelta(hours=4))
    assert opened.replies_due_at is not None
    over = _working_morning(day_of(opened.replies_due_at) + timedelta(days=1))
    people = DisclosedLine.objects.filter(publication=publication, kind=LineKind.OFFICER)
    for number, line in enumerate(people.order_by("pk")):
        is_named = number < 2
        services.decide_naming(
            publication_id=publication.pk,
            line_id=line.pk,
            mandate=head,
            decision=(Naming.PUBLISH if is_named else Naming.WITHHOLD).value,
            reason="Trễ do chậm trình ký, đã được nhắc mà chưa khắc phục."
            if is_named
            else "Đã khắc phục, nhắc nhở trong nội bộ.",
            at=over,
        )
    sealed = services.submit_publication(publication_id=publication.pk, mandate=drafter, at=over)
    for hours, mandate in enumerate((head, chair), start=1):
        services.approve_publication(
            publication_id=publication.pk,
            mandate=mandate,
            seen_digest=sealed.digest or "",
            at=over + timedelta(hours=hours),
        )
    public_at = over + timedelta(hours=6)
    services.publish_publication(publication_id=publication.pk, mandate=drafter, at=public_at)
    _correct(publication, by, at=_working_morning(day_of(public_at) + timedelta(days=2)))


def _answer(publication: Publication, *, at: datetime) -> None:
    """Let the head of the agency with the most say something."""
    lines = DisclosedLine.objects.filter(publication=publication, kind=LineKind.AGENCY)
    for line in lines.order_by("pk")[:1]:
        heads = Appointment.objects.in_force(day_of(at)).filter(
            post__role=PostRole.LEADER, post__unit__agency=line.agency_id
        )
        for head in heads.select_related("officer__account").order_by("pk")[:1]:
            services.reply_to_line(
                publication_id=publication.pk,
                line_id=line.pk,
                mandate=mandate_of(head.officer.account, day_of(at)),
                words="Đã phân công thêm người và kiểm điểm việc chậm trình ký.",
                at=at,
            )


def _correct(publication: Publication, by: dict[str, Mandate], *, at: datetime) -> None:
    public = Publication.objects.get(pk=publication.pk)
    several = [row for row in queries.content_of(public)["agencies"] if row["late"] > 1]
    for row in several[-1:]:
        correction = services.propose_correction(
            publication_id=publication.pk,
            mandate=by[_DRAFTER],
            change="restate",
            target=row["key"],
            field="late",
            new=str(row["late"] - 1),
            reason="Một hồ sơ được xác định là chờ kết quả xác minh của cơ quan phối hợp.",
            at=at,
        )
        for hours, name in enumerate((_HEAD, _CHAIR), start=1):
            services.approve_correction(
                publication_id=publication.pk,
                correction_id=correction.pk,
                mandate=by[name],
                at=at + timedelta(hours=hours),
            )


def _working_morning(on: date) -> datetime:
    return datetime.combine(city_calendar().working_day_from(on), time(9), CITY_TIME)
