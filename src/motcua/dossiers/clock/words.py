"""The clock's sum in words that a citizen reads without help."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.calendars.limits import AfterHours, Counting, FirstDay, Limit, LimitUnit, Rounding
from motcua.kernel.clock import CITY_TIME

from .explanation import ClockState, Explanation, Interval, Skip

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_WITHIN_THE_WEEK = frozenset({Skip.NIGHT, Skip.LUNCH})
_THE_APPLICANTS = (Skip.APPLICANT, Skip.OBLIGATION)

_WHY: dict[Skip, str | Promise] = {
    Skip.NIGHT: gettext_lazy("ngoài giờ làm việc"),
    Skip.LUNCH: gettext_lazy("nghỉ trưa"),
    Skip.WEEKEND: gettext_lazy("cuối tuần"),
    Skip.HOLIDAY: gettext_lazy("ngày nghỉ"),
    Skip.AFTER_HOURS: gettext_lazy("nhận ngoài giờ, tính từ ngày làm việc sau"),
    Skip.APPLICANT: gettext_lazy("chờ người nộp bổ sung hồ sơ"),
    Skip.OBLIGATION: gettext_lazy("chờ người nộp thực hiện nghĩa vụ tài chính"),
    Skip.OTHER_AGENCY: gettext_lazy("chờ cơ quan khác trả lời"),
    Skip.FORCE_MAJEURE: gettext_lazy("tạm dừng vì sự kiện bất khả kháng"),
    Skip.WAITING: gettext_lazy("tạm dừng"),
    Skip.RESTARTED: gettext_lazy("thời hạn được tính lại từ đầu sau khi tạm dừng"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the sum: days that follow each other and were counted, or one reason to skip."""

    begins: datetime
    ends: datetime
    counted: timedelta | None  # None: skipped
    why: str  # it was skipped
    is_ahead: bool  # still to come


def lines_of(explanation: Explanation) -> list[Line]:
    """Return the sum as few lines: nights and lunches between what counts go without saying."""
    return list(_lines(explanation))


def told_in_words(explanation: Explanation) -> str:
    """Return the sum as text: a sentence for each line, and what comes of them."""
    sentences = [
        _("Tiếp nhận lúc %(at)s. Thời hạn: %(limit)s.")
        % {"at": moment(explanation.received_at), "limit": limit_in_words(explanation.limit)},
        *(line_in_words(line, explanation) for line in lines_of(explanation)),
        *conclusion(explanation),
    ]
    if explanation.paused_since is not None:
        sentences.append(paused_in_words(explanation))
    return "\n".join(sentences)


def line_in_words(line: Line, explanation: Explanation) -> str:
    """Return a line as a sentence."""
    span: dict[str, Any] = {"begins": moment(line.begins), "ends": moment(line.ends)}
    if line.counted is None:
        return _("Từ %(begins)s đến %(ends)s: không tính (%(why)s).") % {**span, "why": line.why}
    span["time"] = time_in_words(line.counted, explanation)
    if line.is_ahead:
        return _("Từ %(begins)s đến %(ends)s: sẽ tính %(time)s.") % span
    return _("Từ %(begins)s đến %(ends)s: tính %(time)s.") % span


def conclusion(explanation: Explanation) -> list[str]:
    """Return what comes of the sum: time used and left, the due moment, and how it stands."""
    due = {"due": moment(explanation.due_at)}
    sums = {
        "used": time_in_words(explanation.used, explanation),
        "left": left_in_words(explanation),
        "late": time_in_words(explanation.late, explanation),
    }
    told = [_("Đã tính %(used)s, còn lại %(left)s.") % sums]
    told.append(_("Hạn trả kết quả: %(due)s.") % due)
    told += counting_in_words(explanation.limit.counting)
    if explanation.overdue and explanation.state is not ClockState.DONE:
        told.append(_("Đã quá hạn %(late)s.") % sums)
    if explanation.done_at is not None:
        done = {"at": moment(explanation.done_at), **sums}
        told.append(
            _("Đã xong lúc %(at)s, trễ hạn %(late)s.") % done
            if explanation.overdue
            else _("Đã xong lúc %(at)s, đúng hạn.") % done
        )
    return told


def paused_in_words(explanation: Explanation, *, to_applicant: bool = True) -> str:
    """Return since when the clock stands still, for what, and what an answer now would mean."""
    assert explanation.paused_since is not None
    assert explanation.due_if_answered_now is not None
    skip = Skip(explanation.paused_for.value) if explanation.paused_for else Skip.WAITING
    told = {
        "since": moment(explanation.paused_since),
        "why": _WHY[skip],
        "due": moment(explanation.due_if_answered_now),
    }
    if explanation.state is not ClockState.PAUSED:
        return (
            _("Từ %(since)s: %(why)s; yêu cầu này đưa ra sau hạn nên thời hạn không dừng.") % told
        )
    return _if_answered(explanation, to_applicant and skip in _THE_APPLICANTS) % told


def limit_in_words(limit: Limit) -> str:
    """Return a limit as the law writes it: "3 ngày làm việc"."""
    if limit.same_day_until is not None:
        return _("trong ngày làm việc, nếu nhận trước %(time)s") % {
            "time": f"{limit.same_day_until:%H:%M}"
        }
    n = 1 if limit.amount == 1 else 2  # gettext counts in whole numbers; half is not one
    words = {
        LimitUnit.HOUR: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n),
        LimitUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
        LimitUnit.DAY: ngettext("%(n)s ngày", "%(n)s ngày", n),
        LimitUnit.MONTH: ngettext("%(n)s tháng", "%(n)s tháng", n),
    }
    return words[limit.unit] % {"n": _number(limit.amount)}


def counting_in_words(counting: Counting) -> list[str]:
    """Return in sentences where a version counts otherwise than all others; mostly nothing."""
    told = []
    if counting.first_day is FirstDay.INCLUDED:
        told.append(_("Ngày tiếp nhận được tính là ngày đầu của thời hạn."))
    if counting.after_hours is AfterHours.NEXT_DAY:
        told.append(_("Hồ sơ nhận ngoài giờ làm việc tính từ đầu ngày làm việc tiếp theo."))
    if counting.rounding is Rounding.SESSION_END:
        told.append(_("Thời hạn tính đến hết buổi làm việc."))
    elif counting.rounding is Rounding.DAY_END:
        told.append(_("Thời hạn tính đến hết ngày làm việc."))
    if told and counting.basis:
        told.append(_("Căn cứ cách tính: %(basis)s.") % {"basis": counting.basis})
    return told


def time_in_words(time: timedelta, explanation: Explanation) -> str:
    """Return time that was counted: "2 ngày làm việc 3 giờ 20 phút"."""
    days, rest = divmod(time, explanation.day_length)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    parts = []
    if days:
        words = (
            ngettext("%(n)s ngày", "%(n)s ngày", days)
            if explanation.in_calendar_time
            else ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days)
        )
        parts.append(words % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours})
    if minutes or not parts:
        parts.append(ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes})
    return " ".join(parts)


def left_in_words(explanation: Explanation) -> str:
    """Return the time that is left. A minute begun is told whole: the sum is the limit again."""
    return time_in_words(-(-explanation.left // _MINUTE) * _MINUTE, explanation)


def _if_answered(explanation: Explanation, by_the_reader: bool) -> str:
    match by_the_reader, explanation.begins_anew:
        case True, True:
            return _(
                "Thời hạn tạm dừng từ %(since)s: %(why)s. Nếu Ông/Bà nộp ngay bây giờ, "
                "thời hạn được tính lại từ đầu và hạn trả kết quả là %(due)s."
            )
        case True, False:
            return _(
                "Thời hạn tạm dừng từ %(since)s: %(why)s. Nếu Ông/Bà nộp ngay bây giờ, "
                "hạn trả kết quả là %(due)s."
            )
        case False, True:
            return _(
                "Thời hạn tạm dừng từ %(since)s: %(why)s. Nếu hết tạm dừng ngay bây giờ, "
                "thời hạn được tính lại từ đầu và hạn trả kết quả là %(due)s."
            )
    return _(
        "Thời hạn tạm dừng từ %(since)s: %(why)s. Nếu được tính tiếp ngay bây giờ, "
        "hạn trả kết quả là %(due)s."
    )


def why_skipped(interval: Interval) -> str:
    """Return why an interval does not count, with the holiday's name."""
    assert interval.skip is not None
    return interval.name or str(_WHY[interval.skip])


def moment(at: datetime) -> str:
    """Return a moment as "14:05, 15/10/2024", in the city's time."""
    return at.astimezone(CITY_TIME).strftime("%H:%M, %d/%m/%Y")


def _lines(explanation: Explanation) -> Iterator[Line]:
    run: Line | None = None
    after_counted = False
    until = explanation.done_at or explanation.at
    for interval in explanation.intervals:
        if interval.skip in _WITHIN_THE_WEEK and after_counted:
            continue
        if interval.skip is not None:
            if run is not None:
                yield run
            run = None
            after_counted = False
            yield Line(
                begins=interval.begins,
                ends=interval.ends,
                counted=None,
                why=why_skipped(interval),
                is_ahead=interval.begins >= until,
            )
            continue
        is_ahead = interval.begins >= until
        if run is not None and run.is_ahead == is_ahead:
            begins, counted = run.begins, (run.counted or timedelta()) + interval.length
        else:
            if run is not None:
                yield run
            begins, counted = interval.begins, interval.length
        run = Line(begins=begins, ends=interval.ends, counted=counted, why="", is_ahead=is_ahead)
        after_counted = True
    if run is not None:
        yield run


def _number(amount: Fraction) -> str:
    return str(number_format(f"{float(amount):g}"))
