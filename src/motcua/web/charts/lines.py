"""A share month by month, and where it is bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import drawing

_WIDTH, _HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 150, 20, 260
MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class MonthPoint:
    """A month of the year, and its share in tenths of a percent; None: nothing was received."""

    month: int
    tenths: int | None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the year is expected to end with, in tenths of a percent."""

    tenths: int
    low: int
    high: int


def months_line(
    points: Sequence[MonthPoint],
    *,
    so_far: int | None,
    target: int | None,
    outcome: Outcome | None,
    key: str,
    title: str,
    told: str,
) -> SafeString:
    """
    Return the months as points joined by a line, the target across, and the forecast's fan.

    The fan begins at the share of the year so far, after the last month that is known, and opens
    to the bounds of what the year is expected to end with.
    """
    parts = []
    for percent in range(0, 101, 25):
        y = _y(percent * 10)
        parts.append(drawing.stroke("mc-chart__grid", _LEFT, y, _x(MONTHS), y))
        parts.append(
            drawing.words("mc-chart__scale", _LEFT - 8, y + 4, f"{percent} %", anchor="end")
        )
    for month in range(1, MONTHS + 1):
        parts.append(
            drawing.words("mc-chart__scale", _x(month), _BOTTOM + 20, f"T{month}", anchor="middle")
        )
    known = [point for point in points if point.tenths is not None]
    if outcome is not None and so_far is not None and points[-1].month < MONTHS:
        parts.extend(_fan(points[-1].month, so_far, outcome, target=target))
    if target is not None:
        y = _y(target)
        parts.append(drawing.stroke("mc-chart__target", _LEFT, y, _x(MONTHS), y))
        parts.append(
            drawing.words(
                "mc-chart__label", _x(MONTHS) + 8, y + 4, _("Chỉ tiêu %(p)s") % {"p": shown(target)}
            )
        )
    parts.append(drawing.run("mc-chart__line", [(_x(p.month), _y(p.tenths or 0)) for p in known]))
    parts.extend(drawing.dot("mc-chart__point", _x(p.month), _y(p.tenths or 0)) for p in known)
    return drawing.picture(
        key=key, width=_WIDTH, height=_HEIGHT, title=title, told=told, parts=parts
    )


def sparkline(points: Sequence[MonthPoint], *, told: str) -> SafeString:
    """Return the months as a line the size of a word; `told` says the same."""
    known = [point for point in points if point.tenths is not None]
    if len(known) < 2:
        return SafeString("")
    lowest = min(point.tenths or 0 for point in known)
    spread = max(max(point.tenths or 0 for point in known) - lowest, 50)
    first, last = known[0].month, known[-1].month
    places = [
        (
            2 + Fraction(80 * (point.month - first), last - first),
            22 - Fraction(18 * ((point.tenths or 0) - lowest), spread),
        )
        for point in known
    ]
    return format_html(
        '<svg class="mc-chart mc-chart--spark" viewBox="0 0 88 26" role="img" aria-label="{}" '
        'focusable="false">{}{}</svg>',
        told,
        drawing.run("mc-chart__line", places),
        drawing.dot("mc-chart__point", *places[-1], 3),
    )


def shown(tenths: int) -> str:
    """Return tenths of a percent as they are read: "29,7 %"."""
    sign = "−" if tenths < 0 else ""
    whole, part = divmod(abs(tenths), 10)
    return f"{sign}{whole},{part} %"


def _fan(month: int, so_far: int, outcome: Outcome, *, target: int | None) -> list[SafeString]:
    start, end = (_x(month), _y(so_far)), _x(MONTHS)
    ends = _y(outcome.tenths)
    return [
        drawing.area("mc-chart__band", [start, (end, _y(outcome.high)), (end, _y(outcome.low))]),
        drawing.run("mc-chart__fan", [start, (end, ends)]),
        drawing.dot("mc-chart__foretold", end, ends),
        drawing.words(
            "mc-chart__label",
            end + 8,
            # On the other side of its point than the target's words, or they lie on each other.
            ends - 12 if outcome.tenths > (target or 0) else ends + 20,
            _("Dự báo %(p)s") % {"p": shown(outcome.tenths)},
        ),
    ]


def _x(month: int) -> Fraction:
    return _LEFT + Fraction((month - 1) * (_WIDTH - _LEFT - _RIGHT), MONTHS - 1)


def _y(tenths: int) -> Fraction:
    return _BOTTOM - Fraction(tenths * (_BOTTOM - _TOP), 1000)
