"""The statutory clock on a page: a bar, its sums, every interval with its reason, and the law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.calendars.working import WorkingCalendar
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockState, Explanation, Interval, Line, Skip
from motcua.dossiers.models import Dossier
from motcua.procedures.definitions import LegalBasis, Version

# What stands still for somebody, as against what is no working time.
_PAUSES = frozenset(
    {
        Skip.APPLICANT,
        Skip.OBLIGATION,
        Skip.OTHER_AGENCY,
        Skip.FORCE_MAJEURE,
        Skip.WAITING,
    }
)


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """A line of the sum: from when to when, and what of it counts."""

    begins: datetime
    ends: datetime
    words: str
    kind: str  # counted, ahead or skipped


@dataclass(frozen=True, kw_only=True)
class ShownClock:
    """The clock as pages draw and explain it. It names no person."""

    segments: Sequence[tuple[str, float]]  # used, paused or left, and how much
    legend: Sequence[tuple[str, str]]
    limit: str
    received_at: datetime
    due_at: datetime
    lines: Sequence[ShownLine]
    conclusion: Sequence[str]
    paused: str  # since when, for whom, and what an answer now would mean; "" while it runs
    bases: Sequence[LegalBasis]


def clock_of(
    dossier: Dossier,
    version: Version,
    explanation: Explanation | None,
    *,
    to_applicant: bool = True,
) -> ShownClock | None:
    """Return the clock as it is shown to the applicant or an officer; None without a promise."""
    if explanation is None or dossier.due_at is None:
        return None
    calendar = calendars.city_calendar(dossier.settling_agency_id)
    stretches = _stretches(explanation, calendar)
    return ShownClock(
        segments=[(kind, time.total_seconds()) for kind, time in stretches],
        legend=_legend(stretches, explanation),
        limit=clock.limit_in_words(explanation.limit),
        received_at=explanation.received_at,
        due_at=dossier.due_at,
        lines=[_shown(line, explanation) for line in clock.lines_of(explanation)],
        conclusion=clock.conclusion(explanation),
        paused=""
        if explanation.paused_since is None
        else clock.paused_in_words(explanation, to_applicant=to_applicant),
        bases=version.legal_bases,
    )


def _shown(line: Line, explanation: Explanation) -> ShownLine:
    if line.counted is None:
        kind, words = "skipped", _("Không tính: %(why)s") % {"why": line.why}
    else:
        time = {"time": clock.time_in_words(line.counted, explanation)}
        kind = "ahead" if line.is_ahead else "counted"
        words = (_("Sẽ tính %(time)s") if line.is_ahead else _("Tính %(time)s")) % time
    return ShownLine(begins=line.begins, ends=line.ends, words=words, kind=kind)


def _stretches(explanation: Explanation, calendar: WorkingCalendar) -> list[tuple[str, timedelta]]:
    """Return what was used, stood still and is left, in order, in the time that is counted."""
    until = explanation.done_at or explanation.at
    drawn: list[tuple[str, timedelta]] = []
    for interval in explanation.intervals:
        if interval.skip is None and interval.begins < until:
            kind, time = "used", interval.length
        elif interval.skip in _PAUSES:
            kind, time = "paused", _lasted(interval, explanation, calendar)
        else:
            continue
        if drawn and drawn[-1][0] == kind:
            drawn[-1] = (kind, drawn[-1][1] + time)
        elif time:
            drawn.append((kind, time))
    if explanation.left and explanation.state is not ClockState.DONE:
        drawn.append(("left", explanation.left))
    return drawn


def _lasted(interval: Interval, explanation: Explanation, calendar: WorkingCalendar) -> timedelta:
    if explanation.in_calendar_time:
        return interval.length
    return working.worked_between(calendar, interval.begins, interval.ends)


def _legend(
    stretches: Sequence[tuple[str, timedelta]], explanation: Explanation
) -> list[tuple[str, str]]:
    sums: dict[str, timedelta] = {}
    for kind, time in stretches:
        sums[kind] = sums.get(kind, timedelta()) + time
    words = {
        "used": _("Đã tính %(time)s"),
        "paused": _("Tạm dừng %(time)s"),
        "left": _("Còn %(time)s"),
    }
    told = {kind: clock.time_in_words(time, explanation) for kind, time in sums.items()}
    if "left" in told:
        told["left"] = clock.left_in_words(explanation)
    return [(kind, words[kind] % {"time": time}) for kind, time in told.items()]
