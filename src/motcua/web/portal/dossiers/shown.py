"""A dossier in the citizen's words: what happens now, who must do what, and how the date came."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.limits import LimitUnit
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.lifecycle import (
    ACCEPTED_STATES,
    CLOSED_STATES,
    COMPLETED_STATES,
    DossierState,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Entry
from motcua.kernel.lifecycle import ClockEffect
from motcua.procedures.definitions import Channel, Version
from motcua.web import standing, words
from motcua.web.portal.procedures.shown import time_words

S = DossierState

_CLOCK_LEGEND = {
    "used": gettext_lazy("Đã tính: %s"),
    "paused": gettext_lazy("Tạm dừng: %s"),
    "left": gettext_lazy("Còn lại: %s"),
}
_ONE_STOP_KINDS = {
    "dossiers.opened",  # over the counter: who files online is a person
    "dossiers.papers-presented",
    "dossiers.accepted",
    "dossiers.refused",
    "dossiers.obligation-discharged",
    "dossiers.result-returned",
}


def asked_by_words(dossier: Dossier) -> str:
    """Return who asks for more papers: before acceptance the counter, after it the agency."""
    if DossierState(dossier.state) in ACCEPTED_STATES:
        return dossier.settling_agency.name
    return standing.place_words(dossier)


def why_not_withdraw(dossier: Dossier) -> str:
    """Return why the applicant cannot withdraw by themselves any more, and whom to ask."""
    if DossierState(dossier.state) in CLOSED_STATES:
        return _("Hồ sơ đã kết thúc.")
    return _("Hồ sơ đã được tiếp nhận. Cần rút, Ông/Bà liên hệ %(place)s.") % {
        "place": standing.place_words(dossier)
    }


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
        length = working.worked_between(calendars.city_calendar(), begin, end)
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
        waiting = standing.waits_for_applicant(dossier)
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
    day = calendars.city_calendar().day_length
    if worked >= day:
        return words.so_much_time(round(worked / day * 2) / 2, LimitUnit.WORKING_DAY)
    return words.so_much_time(max(1, round(worked / timedelta(hours=1))), LimitUnit.HOUR)
