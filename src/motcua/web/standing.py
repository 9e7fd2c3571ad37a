"""Where a dossier stands, in the citizen's words: what happens now, and what is owed until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.lifecycle import (
    ACCEPTED_STATES,
    CLOCK_PAUSED_IN,
    COMPLETED_STATES,
    DOSSIER_LIFECYCLE,
    DossierState,
    Party,
)
from motcua.dossiers.models import Dossier
from motcua.procedures.queries import compiled

from . import words
from .words import DeadlineState

S = DossierState

# What happens now, and what the citizen has to do about it. Every state has its sentence.
NOW = {
    S.SUBMITTED: gettext_lazy(
        "%(unit)s kiểm tra hồ sơ và trả lời trước %(intake_due)s. Ông/Bà không phải làm gì lúc này."
    ),
    S.INTAKE_SUPPLEMENT: gettext_lazy(
        "Hồ sơ còn thiếu giấy tờ. Ông/Bà nộp bổ sung, %(unit)s sẽ kiểm tra lại."
    ),
    S.NOT_ACCEPTED: gettext_lazy(
        "%(unit)s không tiếp nhận hồ sơ. Ông/Bà xem lý do ở dưới, rồi có thể nộp hồ sơ mới."
    ),
    S.WITHDRAWN: gettext_lazy("Hồ sơ đã rút theo ý người nộp. Khi cần, Ông/Bà nộp hồ sơ mới."),
    S.ACCEPTED: gettext_lazy(
        "%(agency)s đã nhận hồ sơ và đang xếp người giải quyết. Ông/Bà không phải làm gì lúc này."
    ),
    S.IN_PROGRESS: gettext_lazy("%(agency)s đang giải quyết. Ông/Bà không phải làm gì lúc này."),
    S.AWAITING_SUPPLEMENT: gettext_lazy(
        "%(agency)s cần thêm giấy tờ. Thời hạn tạm dừng cho đến khi Ông/Bà nộp bổ sung."
    ),
    S.AWAITING_OBLIGATION: gettext_lazy(
        "Ông/Bà nộp tiền theo thông báo ở dưới. Thời hạn tạm dừng cho đến khi nộp xong."
    ),
    S.AWAITING_AGENCY: gettext_lazy(
        "%(agency)s đang chờ %(waits_for)s trả lời. Thời hạn tạm dừng trong lúc chờ. Ông/Bà không "
        "phải làm gì lúc này."
    ),
    S.SUSPENDED: gettext_lazy(
        "%(agency)s tạm ngừng giải quyết vì sự kiện bất khả kháng nêu ở dưới. Thời hạn tạm dừng "
        "đến khi giải quyết tiếp. Ông/Bà không phải làm gì lúc này."
    ),
    S.STOPPED: gettext_lazy("%(agency)s đã dừng giải quyết. Ông/Bà xem lý do ở dưới."),
    S.DECIDED: gettext_lazy(
        "Đã có kết quả. Ông/Bà nhận theo cách đã chọn khi nộp hồ sơ, hoặc tại %(unit)s."
    ),
    S.RETURNED: gettext_lazy("Ông/Bà đã nhận kết quả. Hồ sơ đã xong."),
}

# Why the clock stands still: the tag must not ask for papers where money is owed.
_PAUSED_FOR = {
    S.AWAITING_SUPPLEMENT: DeadlineState.CITIZEN,
    S.AWAITING_OBLIGATION: DeadlineState.PAUSED,
    S.AWAITING_AGENCY: DeadlineState.PAUSED,
    S.SUSPENDED: DeadlineState.PAUSED,
}


def now_words(dossier: Dossier) -> str:
    """Return what happens now, in one or two sentences."""
    settling = dossier.state in (S.ACCEPTED, S.IN_PROGRESS)
    if settling and compiled(dossier.version_id).linked is not None:
        return _("Các cơ quan đang giải quyết từng phần. Ông/Bà xem từng phần ở trang hồ sơ này.")
    return str(NOW[DossierState(dossier.state)]) % {
        "unit": place_words(dossier),
        "agency": dossier.settling_agency.name,
        "waits_for": dossier.waits_for or "",
        "intake_due": words.moment(dossier.intake_due_at) or _("khi kết thúc ngày làm việc"),
    }


def place_words(dossier: Dossier) -> str:
    """Return the unit that received the dossier, named so that people find it."""
    return _("%(unit)s, %(agency)s") % {
        "unit": dossier.receiving_unit.name,
        "agency": dossier.settling_agency.name,
    }


def waits_for_applicant(dossier: Dossier) -> bool:
    """Return whether the applicant must move next."""
    return DOSSIER_LIFECYCLE.waiting_on[DossierState(dossier.state)] is Party.APPLICANT


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A date the office is held to, and how it is shown."""

    title: str
    due_at: datetime | None
    state: str  # of the deadline tag; empty: the time left decides


def promise_of(dossier: Dossier) -> Promise | None:
    """Return what the office owes next and until when; None when it owes nothing any more."""
    state = DossierState(dossier.state)
    if state in COMPLETED_STATES:
        return None
    if state in ACCEPTED_STATES:
        return Promise(
            title=_("Hẹn trả trước %(due)s") % {"due": words.moment(dossier.due_at)},
            due_at=dossier.due_at,
            state=_PAUSED_FOR[state].value if state in CLOCK_PAUSED_IN else "",
        )
    if dossier.intake_due_at is None:
        return None
    waiting = waits_for_applicant(dossier)
    return Promise(
        title=_("Chờ Ông/Bà bổ sung")
        if waiting
        else _("Trả lời trước %(due)s") % {"due": words.moment(dossier.intake_due_at)},
        due_at=dossier.intake_due_at,
        state=DeadlineState.CITIZEN.value if waiting else "",
    )
