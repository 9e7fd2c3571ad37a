"""How far the city is with its plan: what agencies told, what stands in the way, one report."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from PIL import Image, ImageDraw

from motcua.accounts.models import Account
from motcua.accounts.services import create_accounts
from motcua.documents.services import store_file
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.offices.models import Agency, Officer, Post, PostRole
from motcua.offices.queries import Mandate, mandate_of
from motcua.offices.services import Hire, staff_posts
from motcua.plans import services
from motcua.plans.models import Duty, Plan
from motcua.plans.queries import annex_agencies, target_lines, task_rows
from motcua.steering.definitions import Period
from motcua.steering.services import load_targets

from .crowd import officer_name
from .people import CITY, COMMUNICATIONS, DISTRICT

SEED = 67
LOADED_AT = datetime(2024, 3, 29, 2, tzinfo=UTC)
# When the agencies told of each kind of task, and of which.
_APRIL_CLAUSES = ("II.1.h", "II.1.k", "II.4.a", "II.4.b")
_HALF_CLAUSES = ("II.1.đ",)
_OWN_HALF = ("II.2.a", "II.2.c", "II.2.d", "II.3.a", "II.3.b", "II.5")
FINANCE = "Sở Tài chính"
JUSTICE = "Sở Tư pháp"
SCHOOLS = "Sở Giáo dục và Đào tạo"
WITH_A_PLAN = (COMMUNICATIONS, FINANCE, JUSTICE, SCHOOLS, DISTRICT)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts for each agency, by its name; and the two of the keeper."""

    by_agency: Mapping[str, Mandate]
    keeper: Mandate
    director: Mandate


def tell_the_plan(mandates: Mapping[str, Mandate], *, now: datetime) -> None:
    """Tell the plan's year so far, as far as it lies before now. A second time does nothing."""
    plan = services.load_plan(at=min(LOADED_AT, now)).plan
    if Duty.objects.filter(task__plan=plan, reported_at__isnull=False).exists():
        return
    load_targets(at=now)
    cast = _cast(mandates, now)
    opened = 0
    for at, act in _year(plan, cast):
        if at > now:
            break
        if at.month != opened:  # nothing begins within a month
            services.open_duties(at=at)
            opened = at.month
        act(at)
    services.open_duties(at=now)
    services.raise_reminders(at=now)


def _year(plan: Plan, cast: Cast) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
    yield _at(4, 10), lambda at: _register_plans(plan, cast, at)
    yield _at(4, 26), lambda at: _tell(plan, cast, _APRIL_CLAUSES, at)
    yield _at(5, 6), lambda at: _raise_scanners(plan, cast, at)
    for month in range(5, 11):
        yield _at(month, 8), lambda at: _tell_month(plan, cast, at)
    yield _at(7, 5), lambda at: _tell(plan, cast, _HALF_CLAUSES, at)
    yield _at(7, 8), lambda at: _tell(plan, cast, _OWN_HALF, at, always=True)
    yield _at(7, 12), lambda at: _report(plan, cast, at)
    yield _at(9, 20), lambda at: _raise_signatures(plan, cast, at)
    yield _at(10, 4), lambda at: _tell_without_proof(plan, cast, at)


def _cast(mandates: Mapping[str, Mandate], now: datetime) -> Cast:
    """Return who acts for each agency; where nobody does yet, a leader is appointed."""
    known = {
        CITY: mandates["chanhvanphong"],
        COMMUNICATIONS: mandates["chuyendoiso"],
        DISTRICT: mandates["chutich-quan"],
    }
    vacant = [a for a in annex_agencies(day_of(now)) if a.name not in known]
    posts = {
        post.unit.agency_id: post
        for post in Post.objects.filter(
            unit__agency__in=vacant, role=PostRole.LEADER
        ).select_related("unit")
    }
    accounts = create_accounts(usernames=[f"lanhdao-{_number(a)}" for a in vacant])
    staff_posts(
        hires=[
            Hire(
                account=account,
                full_name=officer_name(SEED, number),
                staff_code=account.username.upper(),
                post=posts[agency.pk],
            )
            for number, (account, agency) in enumerate(zip(accounts, vacant, strict=True))
        ],
        valid_from=date(2024, 1, 2),
        at=now,
    )
    officers = {
        officer.account_id: officer
        for officer in Officer.objects.filter(account__in=accounts).select_related("account")
    }
    hired = {
        agency.name: mandate_of(officers[account.pk].account, day_of(LOADED_AT))
        for account, agency in zip(accounts, vacant, strict=True)
    }
    return Cast(
        by_agency={**known, **hired},
        keeper=mandates["chuyendoiso"],
        director=mandates["giamdoc-tttt"],
    )


def _number(agency: Agency) -> str:
    return agency.code.split(".")[2]


def _at(month: int, day: int) -> datetime:
    return datetime(2024, month, day, 9, 30, tzinfo=CITY_TIME).astimezone(UTC)


def _tell(
    plan: Plan, cast: Cast, clauses: tuple[str, ...], at: datetime, *, always: bool = False
) -> None:
    """Have agencies tell of these: most all of it, some a part, and some nothing."""
    for row in task_rows(plan):
        if row.task.clause not in clauses:
            continue
        for place, duty in enumerate(d for d in row.duties if _is_due_to_be_told(d, at)):
            mandate = cast.by_agency.get(duty.agency.name) if duty.agency else None
            # A pattern rather than chance: the same city every time.
            luck = (place * 7 + row.task.position * 3) % 10
            if mandate is None or (luck == 9 and not always):
                continue
            percent = 60 if luck in (6, 7) and not always else 100
            _tell_one(duty, mandate, cast, percent, at, judged=always or luck != 8)


def _is_due_to_be_told(duty: Duty, at: datetime) -> bool:
    # What is of the half year that began this month is told when it ends.
    return duty.period_first < day_of(at).replace(day=1) or duty.due_on.month == at.month


def _tell_one(
    duty: Duty, mandate: Mandate, cast: Cast, percent: int, at: datetime, *, judged: bool = True
) -> None:
    services.attach_document(
        duty_id=duty.pk,
        mandate=mandate,
        title="Báo cáo kết quả thực hiện",
        number=f"{duty.pk % 300 + 20}/BC",
        issued_on=day_of(at),
        at=at,
    )
    services.report_duty(
        duty_id=duty.pk,
        mandate=mandate,
        percent=percent,
        words=(
            "Đã hoàn thành theo Kế hoạch, có báo cáo kèm theo."
            if percent == 100
            else "Đang thực hiện, dự kiến hoàn thành trong quý tới."
        ),
        at=at + timedelta(minutes=10),
    )
    if judged:
        judge = cast.director if mandate is cast.keeper else cast.keeper
        services.accept_duty(duty_id=duty.pk, mandate=judge, at=at + timedelta(hours=3))


def _tell_month(plan: Plan, cast: Cast, at: datetime) -> None:
    """Have the office publish the month before; one month it forgets."""
    office = cast.by_agency[CITY]
    for row in task_rows(plan):
        if row.task.clause == "II.3.c" and day_of(at).month != 9:
            duty = next(d for d in row.duties if d.period_first.month == day_of(at).month - 1)
            _tell_one(duty, office, cast, 100, at)


def _tell_without_proof(plan: Plan, cast: Cast, at: datetime) -> None:
    """Have the district say that it is done with nothing to show; the keeper sends it back."""
    duty = next(
        duty
        for row in task_rows(plan)
        if row.task.clause == "II.1.l"
        for duty in row.duties
        if duty.agency and duty.agency.name == DISTRICT and duty.period_first.month == 7
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
    for number, name in enumerate(WITH_A_PLAN, start=11):
        mandate = cast.by_agency[name]
        registered = services.register_agency_plan(
            plan_id=plan.pk,
            agency_id=next(p.agency_id for p in mandate.posts if p.agency_name == name),
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


def _raise_scanners(plan: Plan, cast: Cast, at: datetime) -> None:
    """One that was answered, and helped."""
    district = cast.by_agency[DISTRICT]
    raised = services.raise_obstacle(
        plan_id=plan.pk,
        agency_id=next(p.agency_id for p in district.posts if p.agency_name == DISTRICT),
        mandate=district,
        title="Chưa có nguồn kinh phí mua máy quét cho Bộ phận Một cửa",
        words=(
            "Công văn 852/UBND-KGVX giao mua sắm trong tháng 4, nhưng dự toán của quận chưa có mục "
            "chi này. Đề nghị hướng dẫn nguồn kinh phí."
        ),
        clause="II.1.h",
        at=at,
    )
    services.route_obstacle(
        obstacle_id=raised.pk,
        mandate=cast.keeper,
        solver_id=Agency.objects.get(name=FINANCE).pk,
        at=at + timedelta(days=1),
    )
    services.answer_obstacle(
        obstacle_id=raised.pk,
        mandate=cast.by_agency[FINANCE],
        words="Bố trí từ nguồn chi thường xuyên đã giao; trình tự theo hướng dẫn gửi kèm.",
        at=at + timedelta(days=6),
    )
    services.close_obstacle(obstacle_id=raised.pk, mandate=district, at=at + timedelta(days=9))


def _raise_signatures(plan: Plan, cast: Cast, at: datetime) -> None:
    """One that waits for an answer, and is late."""
    justice = cast.by_agency[JUSTICE]
    raised = services.raise_obstacle(
        plan_id=plan.pk,
        agency_id=next(p.agency_id for p in justice.posts if p.agency_name == JUSTICE),
        mandate=justice,
        title="Người dân chưa có chữ ký số cá nhân",
        words=(
            "Nhiều hồ sơ phải nộp thêm bản giấy vì người nộp không có chữ ký số. Đề nghị hướng dẫn "
            "dùng chữ ký số trên nền tảng di động."
        ),
        clause="II.2.b",
        at=at,
    )
    services.route_obstacle(
        obstacle_id=raised.pk,
        mandate=cast.keeper,
        solver_id=Agency.objects.get(name=COMMUNICATIONS).pk,
        at=at + timedelta(days=1),
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
    _tell(plan, cast, ("II.2.g", "III.2"), at + timedelta(days=3, hours=1), always=True)


def _a_page(number: str) -> bytes:
    page = Image.new("L", (420, 594), 255)
    ImageDraw.Draw(page).text((60, 60), f"Ke hoach {number} (ban trinh dien)", fill=40)
    written = io.BytesIO()
    page.save(written, format="PNG", optimize=True)
    return written.getvalue()
