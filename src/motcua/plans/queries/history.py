"""What happened to a duty, an obstacle or a report, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.kernel.ledger.models import LedgerEvent, Subject
from motcua.offices.queries import officer_names
from motcua.plans.events import (
    AgencyPlanRegistered,
    AgencyTaskAdded,
    DutyAccepted,
    DutyClosed,
    DutyReported,
    DutySentBack,
    EvidenceAttached,
    ObstacleAnswered,
    ObstacleClosed,
    ObstacleEscalated,
    ObstacleHandedBack,
    ObstacleRaised,
    ObstacleRouted,
    ObstacleWithdrawn,
    ParagraphRewritten,
    ReportDrafted,
    ReportReturned,
    ReportSigned,
    ReportSubmitted,
)

_TITLES: dict[str, Promise] = {
    DutyReported.kind: _("Báo cáo tiến độ"),
    DutySentBack.kind: _("Trả lại để bổ sung"),
    DutyAccepted.kind: _("Ghi nhận tiến độ"),
    DutyClosed.kind: _("Xác nhận hoàn thành"),
    EvidenceAttached.kind: _("Thêm minh chứng"),
    AgencyPlanRegistered.kind: _("Đăng ký kế hoạch"),
    AgencyTaskAdded.kind: _("Thêm nhiệm vụ"),
    ObstacleRaised.kind: _("Nêu khó khăn, vướng mắc"),
    ObstacleRouted.kind: _("Chuyển cơ quan giải quyết"),
    ObstacleHandedBack.kind: _("Chuyển trả vì không thuộc thẩm quyền"),
    ObstacleAnswered.kind: _("Trả lời"),
    ObstacleEscalated.kind: _("Báo cáo Ủy ban nhân dân thành phố"),
    ObstacleClosed.kind: _("Xác nhận đã giải quyết"),
    ObstacleWithdrawn.kind: _("Rút lại"),
    ReportDrafted.kind: _("Lập dự thảo từ số liệu"),
    ParagraphRewritten.kind: _("Sửa đoạn văn"),
    ReportSubmitted.kind: _("Trình ký"),
    ReportReturned.kind: _("Trả lại để sửa"),
    ReportSigned.kind: _("Ký và đóng băng"),
}


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened, as the timeline shows it."""

    title: Promise
    at: datetime
    text: str
    state: str = ""


def history_of(subject: Subject) -> list[Moment]:
    """Return everything that happened to it, in order, in two statements."""
    events = list(LedgerEvent.objects.about(subject))
    officers = {
        int(number)
        for event in events
        for kind, _colon, number in [event.actor.partition(":")]
        if kind == "officer"
    }
    names = officer_names(officers)
    return [
        Moment(
            title=_TITLES[event.kind],
            at=event.occurred_at,
            text=_told(event, names),
        )
        for event in events
        if event.kind in _TITLES
    ]


def _told(event: LedgerEvent, names: dict[int, str]) -> str:
    kind, _colon, number = event.actor.partition(":")
    who = names.get(int(number), "") if kind == "officer" else ""
    data = event.data
    said = data.get("words") or data.get("title") or data.get("number") or ""
    percent = f"{data['percent']} %" if event.kind == DutyReported.kind else ""
    return ". ".join(part for part in (who, percent, said) if part)
