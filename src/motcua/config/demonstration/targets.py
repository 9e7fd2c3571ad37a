"""What districts set for their communes, and what heads said of targets that they miss."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from motcua.kernel.clock import CITY_TIME, day_of
from motcua.offices.models import Agency, AgencyKind
from motcua.steering import services
from motcua.steering.definitions import Period
from motcua.steering.definitions.targets import FALLING_SHORT
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import Row, board, minimum_for, standing_target

from .cast import Cast, head_mandate, mandate_named
from .people import DISTRICT

_YEAR = Period.year(2024)
# A district asks its communes for what the city asks of it, and of some for more.
_MORE = (0, 20, 0, 50, 0, 30)
# It is late with that.
FORGETFUL = "Ủy ban nhân dân huyện Vĩnh Thạnh"
# What the demonstration's visitor finds still to be explained.
_LEFT_OPEN = (DISTRICT, "Sở Thông tin và Truyền thông")


def set_commune_targets(cast: Cast, at: datetime) -> None:
    """Have every district but one set what its communes are to reach (Plan 67, II.1.k)."""
    communes = Agency.objects.in_force(day_of(at)).filter(kind=AgencyKind.COMMUNE)
    for place, commune in enumerate(communes.select_related("parent").order_by("code")):
        if commune.parent is None or commune.parent.name == FORGETFUL:
            continue
        least = minimum_for(commune, _YEAR, at=at).tenths
        services.set_target(
            mandate=cast.by_agency[commune.parent.name],
            agency_id=commune.pk,
            period=_YEAR,
            tenths=min(least + _MORE[place % len(_MORE)], 1000),
            seen_id=None,
            at=at,
        )


def raise_a_commune_target(cast: Cast, at: datetime) -> None:
    """Have Ninh Kiều ask more of the ward that did best."""
    ward = Agency.objects.in_force(day_of(at)).filter(parent__name=DISTRICT).order_by("code")[0]
    standing = standing_target(ward.pk, day_of(at), at=at)
    assert standing is not None
    services.set_target(
        mandate=cast.by_agency[DISTRICT],
        agency_id=ward.pk,
        period=_YEAR,
        tenths=standing.tenths + 50,
        reason="Sáu tháng đầu năm phường đã vượt chỉ tiêu giao, quận nâng thêm 5 điểm.",
        seen_id=standing.pk,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What a head said of a missed target, and what the city's office answered."""

    on: date
    words: str
    accepted: bool | None = None  # None: nobody has answered
    answer: str = ""


_SAID = (
    _Said(
        on=date(2024, 7, 16),
        words=(
            "Phần lớn hồ sơ là đất đai, người dân còn nộp bản giấy vì phải đính kèm giấy chứng "
            "nhận gốc. Từ tháng 8 cơ quan cử hai công chức hỗ trợ nộp trực tuyến tại quầy và gửi "
            "hướng dẫn cho từng tổ chức thường xuyên nộp hồ sơ."
        ),
        accepted=True,
        answer="Đề nghị báo cáo kết quả sau một quý.",
    ),
    _Said(
        on=date(2024, 9, 12),
        words="Do người dân chưa quen.",
        accepted=False,
        answer="Đề nghị nêu rõ từng thủ tục, nguyên nhân và việc sẽ làm, ai làm, khi nào xong.",
    ),
    _Said(
        on=date(2024, 10, 10),
        words=(
            "Ba xã vùng xa sóng di động yếu, người dân nộp tại Bộ phận Một cửa. Cơ quan đã làm "
            "việc với doanh nghiệp viễn thông, dự kiến phủ sóng trong tháng 11, và mỗi tuần có "
            "một ngày Tổ công nghệ số cộng đồng hỗ trợ nộp trực tuyến tại nhà văn hóa ấp."
        ),
    ),
)


@transaction.atomic
def explain_targets(*, at: datetime) -> None:
    """Have those who miss their target by most explain it, and the city's office answer; once."""
    if TargetExplanation.objects.exists():
        return
    office = mandate_named("kiemsoat", day_of(at))
    explained = set(_LEFT_OPEN)
    for said in _SAID:
        stated_at = datetime.combine(said.on, datetime.min.time(), CITY_TIME).astimezone(UTC)
        stated_at += timedelta(hours=9)
        row = _furthest_behind(said.on, explained, at=stated_at) if stated_at < at else None
        if row is None or row.target is None:
            continue
        explained.add(row.name)
        explanation = services.explain_target(
            mandate=head_mandate(row.agency_id, day_of(at)),
            target_id=row.target.pk,
            progress=row.progress,
            until=said.on,
            words=said.words,
            at=stated_at,
        )
        if said.accepted is not None:
            services.answer_explanation(
                mandate=office,
                explanation_id=explanation.pk,
                accepted=said.accepted,
                answer=said.answer,
                at=stated_at + timedelta(days=3),
            )


def _furthest_behind(on: date, explained: set[str], *, at: datetime) -> Row | None:
    rows = [
        row
        for row in board(as_of=on, at=at).rows
        if row.progress.outlook in FALLING_SHORT and row.name not in explained
    ]
    return min(rows, key=lambda row: row.progress.gap_tenths or 0, default=None)
