"""A dossier's history, as facts and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.calendars import queries as calendars
from motcua.calendars.limits import Limit, LimitUnit
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent, Explanation, PauseReason
from motcua.dossiers.definitions import CauseClass, OccasionKind
from motcua.dossiers.lifecycle import DOSSIER_LIFECYCLE
from motcua.dossiers.models import (
    Dossier,
)
from motcua.kernel import money
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger.models import LedgerEvent, LedgerEventQuerySet
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import Version

from .dossiers import limit_of

_CLOCK_EFFECTS = {t.verb: t.clock for t in DOSSIER_LIFECYCLE.transitions if t.clock is not None}
# For whom the clock stands still after each verb that pauses it.
PAUSE_REASONS = {
    "request_supplement": PauseReason.APPLICANT,
    "impose_obligation": PauseReason.OBLIGATION,
    "consult_agency": PauseReason.OTHER_AGENCY,
    "suspend": PauseReason.FORCE_MAJEURE,
}


def history_of(dossier: Dossier) -> LedgerEventQuerySet:
    """Return everything that happened to the dossier, in order."""
    return LedgerEvent.objects.about(dossier.subject)


def clock_events_of(dossier: Dossier) -> list[ClockEvent]:
    """Return everything that happened to the statutory clock, in order."""
    return clock_events_in(history_of(dossier))


def clock_events_in(history: Iterable[LedgerEvent]) -> list[ClockEvent]:
    """Return the clock's part of a history."""
    return [told for event in history if (told := _clock_event(event)) is not None]


def explanation_of(
    dossier: Dossier, version: Version, history: Iterable[LedgerEvent], *, at: datetime
) -> Explanation | None:
    """
    Return the clock as a sum at a moment; None while it has not been started.

    A linked dossier has no clock of its own to explain: it has the time of its parts.
    """
    if version.linked is not None:
        return None
    events = clock_events_in(history)
    if not events or events[0].at > at:
        return None
    return clock.explain(
        events,
        limit=limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=calendars.editions_for(dossier.settling_agency_id),
        at=at,
    )


def _clock_event(event: LedgerEvent) -> ClockEvent | None:
    at, data = event.occurred_at, event.data
    match event.kind:
        case "dossiers.extended":
            by = Limit(amount=Fraction(data["amount"]), unit=LimitUnit(data["unit"]))
            return ClockEvent(effect=ClockEffect.EXTEND, at=at, by=by)
        case "dossiers.recalibrated":
            return ClockEvent(effect=ClockEffect.RECALIBRATE, at=at, edition=data["edition"])
    verb = data.get("verb")  # what opens a dossier, or leaves its state, moves nothing
    effect = _CLOCK_EFFECTS.get(verb) if verb else None
    if effect is None:
        return None
    return ClockEvent(
        effect=effect,
        at=at,
        reason=PAUSE_REASONS[verb] if effect is ClockEffect.PAUSE else None,
        edition=data.get("edition") if effect is ClockEffect.START else None,
    )


def proposal_of(dossier: Dossier) -> LedgerEvent | None:
    """Return the last proposal made to the leader, if there is one."""
    return proposal_in(history_of(dossier).filter(kind="dossiers.outcome-proposed"))


def proposal_in(history: Iterable[LedgerEvent]) -> LedgerEvent | None:
    """Return the last proposal in a history, if there is one."""
    return next((e for e in reversed(list(history)) if e.kind == "dossiers.outcome-proposed"), None)


def obligation_is_unsettled(dossier: Dossier, version: Version) -> bool:
    """Return whether the step settles what the applicant owes, and nothing was paid at it yet."""
    step = version.obligation_step
    if step is None or dossier.step_key != step.key:
        return False
    return (
        not history_of(dossier)
        .filter(kind="dossiers.obligation-discharged", data__step=step.key)
        .exists()
    )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a dossier's history, in words."""

    at: datetime
    title: str
    detail: str
    actor: str  # "officer:7", "person:…": whom to name is for the page to decide
    kind: str


_TITLES = {
    "dossiers.opened": _("Đã nộp hồ sơ"),
    "dossiers.part-opened": _("Đã nhận từ hồ sơ liên thông"),
    "dossiers.part-handed-on": _("Đã mở hồ sơ thành phần"),
    "dossiers.whole-due-moved": _("Ngày hẹn trả thay đổi theo hồ sơ thành phần"),
    "dossiers.papers-presented": _("Đã nộp giấy tờ bản giấy"),
    "dossiers.accepted": _("Đã tiếp nhận, bắt đầu tính thời hạn"),
    "dossiers.refused": _("Không tiếp nhận hồ sơ"),
    "dossiers.supplement-requested": _("Yêu cầu bổ sung giấy tờ"),
    "dossiers.supplemented": _("Đã nộp bổ sung"),
    "dossiers.withdrawn": _("Người nộp rút hồ sơ"),
    "dossiers.taken-up": _("Cán bộ nhận xử lý"),
    "dossiers.assigned": _("Phân công cán bộ xử lý"),
    "dossiers.outcome-proposed": _("Thẩm tra xong, trình ký"),
    "dossiers.sent-back": _("Lãnh đạo yêu cầu xử lý lại"),
    "dossiers.obligation-imposed": _("Thông báo nghĩa vụ tài chính"),
    "dossiers.obligation-discharged": _("Đã thực hiện nghĩa vụ tài chính"),
    "dossiers.agency-consulted": _("Lấy ý kiến cơ quan khác"),
    "dossiers.agency-heard": _("Cơ quan khác đã trả lời"),
    "dossiers.suspended": _("Tạm ngừng vì bất khả kháng"),
    "dossiers.settlement-resumed": _("Giải quyết tiếp"),
    "dossiers.withdrawal-requested": _("Người nộp xin rút hồ sơ"),
    "dossiers.withdrawal-declined": _("Không đồng ý cho rút hồ sơ"),
    "dossiers.further-round-asked": _("Cán bộ đề nghị yêu cầu bổ sung thêm"),
    "dossiers.further-round-approved": _("Lãnh đạo đồng ý yêu cầu bổ sung thêm"),
    "dossiers.further-round-declined": _("Lãnh đạo không đồng ý yêu cầu bổ sung thêm"),
    "dossiers.silence-warned": _("Nhắc sắp hết thời hạn bổ sung"),
    "dossiers.decided": _("Đã có kết quả"),
    "dossiers.stopped": _("Đã dừng xử lý hồ sơ"),
    "dossiers.recalibrated": _("Hạn trả kết quả được tính lại"),
    "dossiers.intake-recalibrated": _("Hạn trả lời hồ sơ trực tuyến được tính lại"),
    "dossiers.result-returned": _("Đã trả kết quả"),
    "dossiers.officers-reminded": _("Đã nhắc cán bộ về thời hạn"),
    "dossiers.delay-explained": _("Đã ghi nguyên nhân trễ"),
    "dossiers.apology-signed": _("Cơ quan xin lỗi và hẹn lại ngày trả kết quả"),
    "dossiers.extended": _("Gia hạn thời gian giải quyết"),
    "dossiers.filing-helped": _("Có người hỗ trợ nộp hồ sơ"),
    "dossiers.identity-verified": _("Đã xác thực danh tính điện tử"),
    "dossiers.signed": _("Người nộp đã ký số"),
    "dossiers.components-digitised": _("Giấy tờ đã được số hóa"),
    "dossiers.result-issued-electronically": _("Đã cấp kết quả điện tử"),
    "dossiers.data-reused": _("Đã dùng lại dữ liệu có sẵn"),
    "dossiers.fee-fixed": _("Đã xác định phí, lệ phí"),
    "dossiers.fee-paid": _("Đã nộp phí, lệ phí"),
    "dossiers.rated": _("Người nộp đã đánh giá"),
    "dossiers.petition-received": _("Đã nhận phản ánh, kiến nghị"),
    "dossiers.petition-answered": _("Đã trả lời phản ánh, kiến nghị"),
    "dossiers.synchronised": _("Đã đồng bộ lên Cổng Dịch vụ công quốc gia"),
}
# What only the office has to do with: the applicant's history leaves it out.
_OF_THE_OFFICE = {
    "dossiers.officers-reminded",
    "dossiers.delay-explained",
    "dossiers.components-digitised",
    "dossiers.synchronised",
}


# One kind of event, and two ways to it.
_TITLES_OF_VERBS = {
    "grant_withdrawal": _("Đã đồng ý cho rút hồ sơ"),
    "stop_for_silence": _("Đã dừng xử lý vì hết hạn bổ sung"),
    "stop_intake_for_silence": _("Đã dừng xử lý vì hết hạn bổ sung"),
}

_RECALIBRATED = _(
    "Hạn trả cũ: %(before)s. Hạn trả mới: %(after)s. Vì lịch làm việc thay đổi: %(reason)s"
)
_INTAKE_RECALIBRATED = _(
    "Hạn trả lời cũ: %(before)s. Hạn trả lời mới: %(after)s. Vì lịch làm việc thay đổi: %(reason)s"
)


def title_of(kind: str) -> str:
    """Return what happened, in words, by the kind of the event."""
    return str(_TITLES[kind])


# What is said inside the office is not the applicant's to read.
_INSIDE = {
    "dossiers.further-round-asked",
    "dossiers.further-round-declined",
    "dossiers.outcome-proposed",
    "dossiers.sent-back",
}


def timeline_of(dossier: Dossier, *, inside: bool) -> list[Entry]:
    """Return the history in words; `inside` adds what officers told each other."""
    return timeline_in(history_of(dossier), inside=inside)


def timeline_in(history: Iterable[LedgerEvent], *, inside: bool) -> list[Entry]:
    """Return a history in words; `inside` adds what officers told each other."""
    return [
        Entry(
            at=event.occurred_at,
            title=str(_TITLES_OF_VERBS.get(event.data.get("verb", ""), _TITLES[event.kind])),
            detail=_detail(event, inside=inside),
            actor=event.actor,
            kind=event.kind,
        )
        for event in history
        if (inside or event.kind not in _OF_THE_OFFICE) and not _says_nothing(event)
    ]


def _says_nothing(event: LedgerEvent) -> bool:
    # A change of the calendar reaches every open dossier; people hear of it where a date moves.
    told = event.data
    return event.kind == "dossiers.recalibrated" and told["due_before"] == told["due_after"]


def _detail(event: LedgerEvent, *, inside: bool) -> str:
    if event.kind in _INSIDE and not inside:
        return ""
    told = event.data
    if event.kind == "dossiers.obligation-imposed":
        return f"{told['notice']}: {money.format_dong(told['amount_dong'])}"
    if event.kind == "dossiers.part-handed-on":
        return f"{told['code']}, {told['agency_name']}"
    if event.kind == "dossiers.part-opened":
        return str(told["whole"])
    if event.kind == "dossiers.whole-due-moved":
        return str(told["code"])
    if event.kind == "dossiers.silence-warned":
        due = datetime.fromisoformat(told["answer_due_at"]).astimezone(CITY_TIME)
        return str(_("Nộp bổ sung trước %(due)s.")) % {"due": f"{due:%H:%M, %d/%m/%Y}"}
    if event.kind == "dossiers.agency-consulted":
        return f"{told['agency']}\n{told['question']}" if inside else str(told["agency"])
    if event.kind == "dossiers.agency-heard":
        return f"{told['agency']}\n{told['answer']}" if inside else str(told["agency"])
    if event.kind in ("dossiers.recalibrated", "dossiers.intake-recalibrated"):
        words = _RECALIBRATED if event.kind == "dossiers.recalibrated" else _INTAKE_RECALIBRATED
        return str(words) % {
            "before": _moment(told["due_before"]),
            "after": _moment(told["due_after"]),
            "reason": told["reason"],
        }
    if event.kind == "dossiers.apology-signed":
        return _promise(told)
    if event.kind == "dossiers.extended":
        return _more_time(told)
    if event.kind == "dossiers.delay-explained":
        return "\n".join(
            filter(None, (str(CauseClass(told["cause"]).label), told["words"], told["correction"]))
        )
    if event.kind == "dossiers.officers-reminded":
        return str(OccasionKind(told["occasion"]).label)
    if told.get("no_obligation"):
        reason = _("Không phát sinh nghĩa vụ tài chính: %(reason)s")
        return f"{told['opinion']}\n{reason % {'reason': told['no_obligation']}}"
    return str(told.get("reason") or told.get("opinion") or "")


def _moment(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(CITY_TIME):%H:%M, %d/%m/%Y}"


def _promise(told: dict[str, Any]) -> str:
    promised = datetime.fromisoformat(told["promised_at"]).astimezone(CITY_TIME)
    return str(
        _("%(reason)s\nNgày hẹn mới: %(day)s.")
        % {
            "reason": told["reason"],
            "day": f"{promised:%d/%m/%Y}",
        }
    )


def _more_time(told: dict[str, Any]) -> str:
    due = datetime.fromisoformat(told["due_at"]).astimezone(CITY_TIME)
    return str(
        _("%(reason)s\nCăn cứ: %(basis)s\nHạn trả mới: %(moment)s.")
        % {
            "reason": told["reason"],
            "basis": told["basis"],
            "moment": f"{due:%H:%M, %d/%m/%Y}",
        }
    )
