"""How far the city is with its plan: what agencies told, what stands in the way, the reports."""

import io
from collections.abc import Container, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import transaction
from PIL import Image, ImageDraw

from motcua.accounts.models import Account
from motcua.documents.services import store_file
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.offices.models import Agency
from motcua.offices.queries import Mandate
from motcua.plans import services
from motcua.plans.models import Duty, Plan
from motcua.plans.queries import target_lines
from motcua.steering.definitions import Period
from motcua.steering.services import load_targets

from .cast import Cast, cast_of
from .obstacles import Told, obstacles_of_the_year
from .people import COMMUNICATIONS, DISTRICT
from .targets import FORGETFUL, raise_a_commune_target, set_commune_targets

LOADED_AT = datetime(2024, 3, 29, 2, tzinfo=UTC)
# What agencies account for, by the day on which it was due.
_APRIL, _JUNE, _HALF = date(2024, 4, 30), date(2024, 6, 30), date(2024, 7, 15)
# Told when it can be told: with the report itself, and with the publications.
_TOLD_APART = frozenset({"II.2.g", "III.2", "II.3.c", "III.1"})
# Each duty has a number below forty. Of those, so many are told in time, late, in part, or never.
_ALL = 40
_IN_TIME, _LATE, _UNJUDGED, _PARTLY = range(34), range(34, 37), range(37, 38), range(38, 39)
# One in three agencies issued no plan of its own.
_WITHOUT_A_PLAN = 3


@transaction.atomic
def tell_the_plan(*, now: datetime) -> None:
    """Tell the plan's year so far, as far as it lies before now. A second time does nothing."""
    plan = services.load_plan(at=min(LOADED_AT, now)).plan
    load_targets(at=min(LOADED_AT, now))
    if Duty.objects.filter(task__plan=plan, reported_at__isnull=False).exists():
        return
    opened = 0
    for at, act in sorted(_year(plan, cast_of(now)), key=lambda told: told[0]):
        if at > now:
            break
        if at.month != opened:  # nothing begins within a month
            services.open_duties(at=at)
            opened = at.month
        act(at)
    services.open_duties(at=now)
    services.raise_reminders(at=now)


def _year(plan: Plan, cast: Cast) -> Iterator[Told]:
    tell = partial(_tell_round, plan, cast)
    yield _at(4, 10), partial(_register_plans, plan, cast)
    yield _at(4, 18), partial(set_commune_targets, cast)
    yield _at(4, 24), partial(tell, _APRIL, _IN_TIME)
    yield _at(5, 16), partial(tell, _APRIL, _LATE)
    yield _at(6, 26), partial(tell, _JUNE, range(_ALL))
    yield _at(7, 2), partial(tell, _HALF, _IN_TIME[:8])
    yield _at(7, 4), partial(tell, _HALF, _IN_TIME[8:20])
    yield _at(7, 9), partial(tell, _HALF, _IN_TIME[20:])
    yield _at(7, 10), partial(tell, _HALF, _PARTLY, percent=60)
    yield _at(7, 11), partial(raise_a_commune_target, cast)
    yield _at(7, 12), partial(_report, plan, cast)
    yield _at(8, 14), partial(tell, _HALF, _LATE)
    # The month before, published on the eighth; August's came out late.
    for month, day in ((5, 8), (6, 8), (7, 8), (8, 8), (9, 19)):
        yield _at(month, day), partial(_tell_month, plan, cast)
    yield _at(10, 4), partial(_tell_without_proof, plan, cast)
    yield _at(10, 11), partial(tell, _HALF, _UNJUDGED, judged=False)
    yield _at(10, 14), partial(_draft, plan, cast)
    yield from obstacles_of_the_year(plan, cast)


def _at(month: int, day: int) -> datetime:
    return datetime(2024, month, day, 9, 30, tzinfo=CITY_TIME).astimezone(UTC)


def _tell_round(
    plan: Plan,
    cast: Cast,
    due_on: date,
    lucks: Container[int],
    at: datetime,
    *,
    percent: int = 100,
    judged: bool = True,
) -> None:
    """Have those tell of what was due on a day whose turn it is."""
    duties = (
        Duty.objects.filter(task__plan=plan, due_on=due_on)
        .exclude(task__clause__in=_TOLD_APART)
        .select_related("task", "agency")
        .order_by("task__position", "agency__code", "outsider")
    )
    for place, duty in enumerate(duties):
        # A pattern rather than chance: the same city every time.
        if (place * 17 + duty.task.position * 3) % _ALL not in lucks:
            continue
        if duty.task.clause == "II.1.k" and duty.agency and duty.agency.name == FORGETFUL:
            continue  # whose communes have no targets
        _tell_one(duty, cast, at, percent=percent, judged=judged)


def _tell_one(
    duty: Duty, cast: Cast, at: datetime, *, percent: int = 100, judged: bool = True
) -> None:
    # Of whoever is no agency of the city, the keeper of the plan tells.
    teller = cast.by_agency[duty.agency.name] if duty.agency else cast.keeper
    if path := _figure_for(duty):
        services.attach_figure(
            duty_id=duty.pk,
            mandate=teller,
            title="Số liệu trên hệ thống",
            path=path,
            as_of=min(duty.period_last, day_of(at)),
            at=at,
        )
    services.attach_document(
        duty_id=duty.pk,
        mandate=teller,
        title="Báo cáo kết quả thực hiện",
        number=f"{duty.pk % 300 + 20}/BC",
        issued_on=day_of(at),
        at=at,
    )
    services.report_duty(
        duty_id=duty.pk,
        mandate=teller,
        percent=percent,
        words=(
            "Đã hoàn thành theo Kế hoạch, có báo cáo kèm theo."
            if percent == 100
            else "Đang thực hiện, dự kiến hoàn thành trong quý tới."
        ),
        at=at + timedelta(minutes=10),
    )
    if judged:
        judge = cast.director if teller is cast.keeper else cast.keeper
        services.accept_duty(duty_id=duty.pk, mandate=judge, at=at + timedelta(hours=3))


def _figure_for(duty: Duty) -> str:
    """Return the page that shows what the task is measured by, as of the end of the period."""
    if duty.agency is None or duty.task.clause not in ("II.1.đ", "II.1.k"):
        return ""
    return f"/lanh-dao/co-quan/{duty.agency.code}/?den-ngay={duty.period_last.isoformat()}"


def _tell_month(plan: Plan, cast: Cast, at: datetime) -> None:
    """Have the office say that it published the month before."""
    before = (day_of(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    duty = Duty.objects.select_related("agency", "task").get(
        task__plan=plan, task__clause="II.3.c", period_first=before
    )
    _tell_one(duty, cast, at)


def _tell_without_proof(plan: Plan, cast: Cast, at: datetime) -> None:
    """Have the district say that it is done with nothing to show; the keeper sends it back."""
    duty = Duty.objects.get(
        task__plan=plan,
        task__clause="II.1.l",
        agency__name=DISTRICT,
        period_first=date(2024, 7, 1),
    )
    services.report_duty(
        duty_id=duty.pk,
        mandate=cast.by_agency[DISTRICT],
        percent=100,
        words="Tổ công nghệ số cộng đồng đã đến từng hộ gia đình.",
        at=at,
    )
    services.send_back_duty(
        duty_id=duty.pk,
        mandate=cast.keeper,
        words="Đề nghị bổ sung số hộ đã hướng dẫn theo từng phường và văn bản kèm theo.",
        at=at + timedelta(days=3),
    )


def _register_plans(plan: Plan, cast: Cast, at: datetime) -> None:
    own = Duty.objects.filter(task__plan=plan, task__clause="III.1").select_related(
        "agency", "task"
    )
    for number, duty in enumerate(own.order_by("agency__code"), start=11):
        assert duty.agency is not None  # agencies of the city are asked for one
        if number % _WITHOUT_A_PLAN == 0 and duty.agency.name not in (COMMUNICATIONS, DISTRICT):
            continue
        _register_one(plan, cast.by_agency[duty.agency.name], duty.agency, number, at)
        _tell_one(duty, cast, at + timedelta(hours=1))


def _register_one(plan: Plan, mandate: Mandate, agency: Agency, number: int, at: datetime) -> None:
    registered = services.register_agency_plan(
        plan_id=plan.pk,
        agency_id=agency.pk,
        mandate=mandate,
        number=f"{number}/KH",
        issued_on=day_of(at) - timedelta(days=2),
        title="Kế hoạch triển khai dịch vụ công trực tuyến năm 2024",
        file=store_file(
            content=_a_page(f"{number}/KH"),
            name=f"ke-hoach-{number}.png",
            accepts=frozenset({"image/png"}),
            by=Account.objects.get(pk=mandate.account_id),
            at=at,
        ),
        at=at,
    )
    for words, clauses in (
        ("Bố trí công chức hỗ trợ nộp hồ sơ trực tuyến.", ("II.1.a", "II.1.e")),
        ("Rà soát thủ tục, số hóa kết quả giải quyết.", ("II.1.b", "II.1.c", "II.1.d")),
    ):
        services.add_agency_task(
            agency_plan_id=registered.pk,
            mandate=mandate,
            words=words,
            clauses=clauses,
            due_on=plan.last_day,
            at=at,
        )


def _report(plan: Plan, cast: Cast, at: datetime) -> None:
    report = services.draft_report(
        plan_id=plan.pk,
        period=Period.half(2024, 1),
        mandate=cast.keeper,
        targets=target_lines(at),
        at=at,
    )
    services.rewrite_paragraph(
        report_id=report.pk,
        mandate=cast.keeper,
        key="next",
        words=(
            "Trong 6 tháng cuối năm, Sở Thông tin và Truyền thông phối hợp với Văn phòng Ủy ban "
            "nhân dân thành phố làm việc trực tiếp với các cơ quan còn việc quá hạn, hoàn thành "
            "khảo sát trên VNForm và kết nối thanh toán trực tuyến."
        ),
        at=at + timedelta(hours=2),
    )
    services.submit_report(report_id=report.pk, mandate=cast.keeper, at=at + timedelta(hours=4))
    services.sign_report(
        report_id=report.pk,
        mandate=cast.director,
        number="128/BC-STTTT",
        at=at + timedelta(days=3),
    )
    # The report is the proof of the two tasks that ask for it.
    for duty in Duty.objects.filter(
        task__plan=plan, task__clause__in=("II.2.g", "III.2"), period_last=_JUNE
    ).select_related("agency", "task"):
        _tell_one(duty, cast, at + timedelta(days=3, hours=1))


def _draft(plan: Plan, cast: Cast, at: datetime) -> None:
    """Have the keeper begin the second report, early: it stands open."""
    services.draft_report(
        plan_id=plan.pk,
        period=Period.half(2024, 2),
        mandate=cast.keeper,
        targets=target_lines(at),
        at=at,
    )


def _a_page(number: str) -> bytes:
    page = Image.new("L", (420, 594), 255)
    ImageDraw.Draw(page).text((60, 60), f"Ke hoach {number} (ban trinh dien)", fill=40)
    written = io.BytesIO()
    page.save(written, format="PNG", optimize=True)
    return written.getvalue()
