"""A dossier in the citizen's words: what happens now, who must do what, and how the date came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars import seeds, working
from motcua.calendars.limits import LimitUnit
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.lifecycle import (
    ACCEPTED_STATES,
    CLOCK_PAUSED_IN,
    CLOSED_STATES,
    COMPLETED_STATES,
    DOSSIER_LIFECYCLE,
    DossierState,
    Party,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Entry
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import Channel, Version
from motcua.web import words
from motcua.web.portal.procedures.shown import time_words
from motcua.web.words import DeadlineState

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
    S.STOPPED: gettext_lazy("%(agency)s đã dừng giải quyết. Ông/Bà xem lý do ở dưới."),
    S.DECIDED: gettext_lazy("Đã có kết quả. Ông/Bà nhận kết quả tại %(unit)s."),
    S.RETURNED: gettext_lazy("Ông/Bà đã nhận kết quả. Hồ sơ đã xong."),
}

_CLOCK_LEGEND = {
    "used": gettext_lazy("Đã tính: %s"),
    "paused": gettext_lazy("Tạm dừng: %s"),
    "left": gettext_lazy("Còn lại: %s"),
}
_ONE_STOP_KINDS = {
    "dossiers.accepted",
    "dossiers.refused",
    "dossiers.obligation-discharged",
    "dossiers.result-returned",
}


# Why the clock stands still: the tag must not ask for papers where money is owed.
_PAUSED_FOR = {
    S.AWAITING_SUPPLEMENT: DeadlineState.CITIZEN,
    S.AWAITING_OBLIGATION: DeadlineState.PAUSED,
}


def now_words(dossier: Dossier) -> str:
    """Return what happens now, in one or two sentences."""
    return str(NOW[DossierState(dossier.state)]) % {
        "unit": place_words(dossier),
        "agency": dossier.settling_agency.name,
        "intake_due": words.moment(dossier.intake_due_at) or _("khi kết thúc ngày làm việc"),
    }


def place_words(dossier: Dossier) -> str:
    """Return the unit that received the dossier, named so that people find it."""
    return _("%(unit)s, %(agency)s") % {
        "unit": dossier.receiving_unit.name,
        "agency": dossier.settling_agency.name,
    }


def asked_by_words(dossier: Dossier) -> str:
    """Return who asks for more papers: before acceptance the counter, after it the agency."""
    if DossierState(dossier.state) in ACCEPTED_STATES:
        return dossier.settling_agency.name
    return place_words(dossier)


def waits_for_applicant(dossier: Dossier) -> bool:
    """Return whether the applicant must move next."""
    return DOSSIER_LIFECYCLE.waiting_on[DossierState(dossier.state)] is Party.APPLICANT


def why_not_withdraw(dossier: Dossier) -> str:
    """Return why the applicant cannot withdraw by themselves any more, and whom to ask."""
    if DossierState(dossier.state) in CLOSED_STATES:
        return _("Hồ sơ đã kết thúc.")
    return _("Hồ sơ đã được tiếp nhận. Cần rút, Ông/Bà liên hệ %(place)s.") % {
        "place": place_words(dossier)
    }


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


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The legal time of a dossier, drawn and explained."""

    segments: Sequence[tuple[str, float]]
    legend: Sequence[tuple[str, str]]
    why: Sequence[str]


@dataclass(kw_only=True)
class _Stretches:
    drawn: list[tuple[str, timedelta]] = field(default_factory=list)

    def add(self, kind: str, begin: datetime, end: datetime) -> None:
        length = working.worked_between(seeds.city_calendar(), begin, end)
        if length > timedelta():
            self.drawn.append((kind, length))

    def total(self, kind: str) -> timedelta:
        return sum((length for k, length in self.drawn if k == kind), timedelta())


def clock_of(
    dossier: Dossier, version: Version, events: Sequence[ClockEvent], now: datetime
) -> Clock | None:
    """Return how much of the time has run, stood still and is left; None before acceptance."""
    if dossier.due_at is None or not events:
        return None
    stretches = _Stretches()
    limit = version.cases[dossier.case_key].limits[Channel(dossier.channel)]
    why = [
        _("Thời hạn là %(limit)s, tính từ lúc tiếp nhận: %(start)s.")
        % {"limit": time_words(limit).lower(), "start": words.moment(events[0].at)}
    ]
    if limit.unit in (LimitUnit.HOUR, LimitUnit.WORKING_DAY):
        why.append(_("Ngày nghỉ, ngày lễ và ngoài giờ làm việc không tính."))
    kind, begin = "used", events[0].at
    for event in events[1:]:
        stretches.add(kind, begin, event.at)
        if event.effect is ClockEffect.PAUSE:
            kind = "paused"
        elif event.effect is ClockEffect.RESUME:
            why.append(
                _("Thời hạn tạm dừng từ %(start)s đến %(end)s, nên ngày hẹn lùi theo.")
                % {"start": words.moment(begin), "end": words.moment(event.at)}
            )
            kind = "used"
        else:
            kind = ""
        begin = event.at
    if kind:
        stretches.add(kind, begin, now)
        if kind == "paused":
            why.append(
                _("Thời hạn tạm dừng từ %(start)s. Xong việc được yêu cầu thì tính tiếp.")
                % {"start": words.moment(begin)}
            )
        stretches.add("left", begin if kind == "paused" else now, dossier.due_at)
    elif dossier.completed_at is not None:
        why.append(
            _("Hẹn trả trước %(due)s, xong lúc %(done)s.")
            % {
                "due": words.moment(dossier.due_at),
                "done": words.moment(dossier.completed_at),
            }
        )
    return Clock(
        segments=[(kind, length.total_seconds()) for kind, length in stretches.drawn],
        legend=[
            (kind, str(legend) % _worked_words(stretches.total(kind)))
            for kind, legend in _CLOCK_LEGEND.items()
            if stretches.total(kind)
        ],
        why=why,
    )


def timeline(dossier: Dossier, entries: Sequence[Entry], version: Version) -> list[dict[str, Any]]:
    """Return what happened and what comes, for the page: offices are named, officers are not."""
    moments: list[dict[str, Any]] = [
        {
            "title": entry.title,
            "at": entry.at,
            "text": " · ".join(part for part in (_who(dossier, entry), entry.detail) if part),
            "state": "",
        }
        for entry in entries
    ]
    if dossier.step_key is not None:
        step_unit = dossier.step_unit or dossier.receiving_unit
        waiting = waits_for_applicant(dossier)
        moments.append(
            {
                "title": _waiting_words(dossier)
                if waiting
                else version.steps[dossier.step_key].name,
                "at": None,
                "text": "" if waiting else f"{step_unit.name}, {dossier.settling_agency.name}",
                "state": "now",
            }
        )
        if DossierState(dossier.state) not in COMPLETED_STATES:
            moments.append(
                {
                    "title": _("Trả kết quả"),
                    "at": None,
                    "text": _("Chậm nhất %(due)s") % {"due": words.moment(dossier.due_at)}
                    if dossier.due_at
                    else _("Ngày hẹn có khi hồ sơ được tiếp nhận."),
                    "state": "next",
                }
            )
    return moments


def _waiting_words(dossier: Dossier) -> str:
    if dossier.state == S.AWAITING_OBLIGATION:
        return str(S.AWAITING_OBLIGATION.label)
    return _("Chờ Ông/Bà bổ sung")


def _who(dossier: Dossier, entry: Entry) -> str:
    if entry.actor.startswith("person:"):
        return ""
    if entry.kind in _ONE_STOP_KINDS:
        return dossier.receiving_unit.name
    return dossier.settling_agency.name


def _worked_words(worked: timedelta) -> str:
    day = seeds.city_calendar().day_length
    if worked >= day:
        return words.so_much_time(round(worked / day * 2) / 2, LimitUnit.WORKING_DAY)
    return words.so_much_time(max(1, round(worked / timedelta(hours=1))), LimitUnit.HOUR)
