"""Shares against targets, one bar a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from . import drawing

_WIDTH, _NAMES, _ROW, _HEAD = 760, 262, 24, 26
_LETTERS = 34


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A row: its share, what it was, is to be and is foretold to be, in tenths of a percent."""

    name: str
    actual: int | None
    target: int | None
    baseline: int | None = None
    forecast: int | None = None
    falls_short: bool = False


def share_bars(bars: Sequence[Bar], *, key: str, title: str, told: str) -> SafeString:
    """
    Return one bar a row on a scale from 0 to 100 %.

    The bar is the share so far, hatched where the target is not in sight; an upright line is the
    target, a ring what is foretold, a tick what it was in the year before.
    """
    height = _HEAD + _ROW * len(bars) + 8
    parts = []
    for percent in range(0, 101, 25):
        x = _x(percent * 10)
        parts.append(drawing.stroke("mc-chart__grid", x, _HEAD - 6, x, height - 6))
        parts.append(
            drawing.words("mc-chart__scale", x, _HEAD - 12, f"{percent} %", anchor="middle")
        )
    for number, bar in enumerate(bars):
        top = _HEAD + number * _ROW
        parts.append(
            drawing.words("mc-chart__name", _NAMES - 8, top + 14, _short(bar.name), anchor="end")
        )
        if bar.actual is not None:
            kind = "mc-chart__bar mc-chart__bar--short" if bar.falls_short else "mc-chart__bar"
            parts.append(drawing.box(kind, _NAMES, top + 4, _x(bar.actual) - _NAMES, 12))
            if bar.falls_short:
                parts.extend(_hatching(_NAMES, _x(bar.actual), top + 4, top + 16))
        if bar.baseline is not None:
            x = _x(bar.baseline)
            parts.append(drawing.stroke("mc-chart__before", x, top + 6, x, top + 14))
        if bar.target is not None:
            x = _x(bar.target)
            parts.append(drawing.stroke("mc-chart__target", x, top + 1, x, top + 19))
        if bar.forecast is not None:
            parts.append(drawing.dot("mc-chart__foretold", _x(bar.forecast), top + 10))
    return drawing.picture(
        key=key, width=_WIDTH, height=height, title=title, told=told, parts=parts
    )


def _x(tenths: int) -> int:
    return _NAMES + tenths * (_WIDTH - _NAMES - 24) // 1000


def _hatching(left: int, right: int, top: int, bottom: int) -> list[SafeString]:
    # A pattern would need an id of its own in every picture; strokes need none.
    return [
        drawing.stroke("mc-chart__hatch", x, bottom, min(x + bottom - top, right), top)
        for x in range(left + 4, right - 3, 8)
    ]


# Names of agencies are what they are in any language; room beside a bar is scarce.
_SHORT = {
    "Ủy ban nhân dân ": "UBND ",
    "Ban Quản lý các khu chế xuất và công nghiệp": "Ban QL các KCX và CN",
}


def _short(name: str) -> str:
    for long, short in _SHORT.items():
        name = name.replace(long, short)
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
