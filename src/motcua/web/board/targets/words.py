"""How shares, points and outlooks are said."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel.money import grouped
from motcua.steering.definitions.targets import Forecast, Outlook, Share, tenths_of
from motcua.web.words import Badge

OUTLOOKS: Mapping[Outlook, Badge] = {
    Outlook.NO_TARGET: Badge(words=gettext_lazy("Chưa giao chỉ tiêu")),
    Outlook.NO_DOSSIERS: Badge(words=gettext_lazy("Chưa có hồ sơ")),
    Outlook.MET: Badge(words=gettext_lazy("Đạt"), tone="ontime"),
    Outlook.MISSED: Badge(words=gettext_lazy("Không đạt"), tone="overdue"),
    Outlook.SAFE: Badge(words=gettext_lazy("Chắc chắn đạt"), tone="ontime"),
    Outlook.LIKELY: Badge(words=gettext_lazy("Dự báo đạt"), tone="ontime"),
    Outlook.DOUBTFUL: Badge(words=gettext_lazy("Dự báo không đạt"), tone="sun"),
    Outlook.IMPOSSIBLE: Badge(words=gettext_lazy("Không còn kịp"), tone="overdue"),
}
NONE = "–"


def percent(tenths: int | None) -> str:
    """Return "29,7 %", or a dash where there is none."""
    if tenths is None:
        return NONE
    whole, part = divmod(tenths, 10)
    return f"{whole},{part} %"


def points(tenths: int | None) -> str:
    """Return "+1,2" or "−3,4", in points; a dash where there is none."""
    if tenths is None:
        return NONE
    whole, part = divmod(abs(tenths), 10)
    sign = "−" if tenths < 0 else "+" if tenths else ""
    return f"{sign}{whole},{part}"


def points_of(ratio: Fraction | None) -> str:
    """Return a difference of shares as points."""
    if ratio is None:
        return NONE
    tenths = tenths_of(abs(ratio))
    return points(-tenths if ratio < 0 else tenths)


def count(number: int) -> str:
    """Return a number with its thousands parted: "1.270"."""
    return grouped(number)


def counted(share: Share) -> str:
    """Return what a share was counted from: "548/1.270"."""
    return f"{count(share.online)}/{count(share.received)}"


def bounds(made: Forecast | None) -> str:
    """Return between what a forecast lies: "41,2–46,0 %"."""
    if made is None:
        return NONE
    low, high = tenths_of(made.low), tenths_of(made.high)
    return f"{low // 10},{low % 10}–{high // 10},{high % 10} %"


def trend(ratio: Fraction | None) -> str:
    """Return which way it went in the last three months."""
    if ratio is None:
        return _("chưa đủ số liệu")
    if tenths_of(abs(ratio)) == 0:
        return _("không đổi")
    if ratio > 0:
        return _("tăng %(points)s điểm") % {"points": points_of(ratio).lstrip("+")}
    return _("giảm %(points)s điểm") % {"points": points_of(ratio).lstrip("−")}


def still(needed: int | None, outlook: Outlook) -> str:
    """Return how many dossiers are still to be filed online to make it."""
    if needed is None or outlook in (Outlook.MET, Outlook.MISSED, Outlook.NO_TARGET):
        return NONE
    return count(needed)


def month_name(month: date) -> str:
    """Return a month as "tháng 9/2024"."""
    return _("tháng %(m)d/%(y)d") % {"m": month.month, "y": month.year}


def short(words: str, letters: int) -> str:
    """Return the words, cut at a word if there are more letters than that."""
    if len(words) <= letters:
        return words
    return f"{words[:letters].rpartition(' ')[0] or words[:letters]}…"
