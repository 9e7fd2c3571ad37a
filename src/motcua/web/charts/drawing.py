"""What every chart is made of: a named picture, marks with classes, words at places."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | Fraction


def picture(
    *, key: str, width: int, height: int, title: str, told: str, parts: Iterable[SafeString]
) -> SafeString:
    """
    Return a picture with its name and what it shows in words.

    Colours are the style sheet's (`_chart.scss`), never the picture's own. `key` is unique on its
    page.
    """
    return format_html(
        '<svg class="mc-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img" '
        'aria-labelledby="{k}-ten {k}-loi" focusable="false"><title id="{k}-ten">{t}</title>'
        '<desc id="{k}-loi">{d}</desc>{p}</svg>',
        w=width,
        h=height,
        k=key,
        t=title,
        d=told,
        p=SafeString("".join(parts)),
    )


def box(kind: str, x: Number, y: Number, width: Number, height: Number) -> SafeString:
    """Return a filled box."""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        place(x),
        place(y),
        place(width),
        place(height),
    )


def stroke(kind: str, x1: Number, y1: Number, x2: Number, y2: Number) -> SafeString:
    """Return a straight line."""
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', kind, *map(place, (x1, y1, x2, y2))
    )


def run(kind: str, points: Iterable[tuple[Number, Number]]) -> SafeString:
    """Return a line from point to point."""
    return format_html('<polyline class="{}" points="{}"/>', kind, _listed(points))


def area(kind: str, points: Iterable[tuple[Number, Number]]) -> SafeString:
    """Return a filled shape."""
    return format_html('<polygon class="{}" points="{}"/>', kind, _listed(points))


def dot(kind: str, x: Number, y: Number, radius: Number = 4) -> SafeString:
    """Return a point."""
    return format_html(
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, place(x), place(y), place(radius)
    )


def words(kind: str, x: Number, y: Number, said: str, *, anchor: str = "start") -> SafeString:
    """Return words that begin, end or are centred at a place."""
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        place(x),
        place(y),
        anchor,
        said,
    )


def place(number: Number) -> str:
    """Return a coordinate to a tenth, the same on every machine."""
    tenths = round(Fraction(number) * 10)
    whole, part = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _listed(points: Iterable[tuple[Number, Number]]) -> SafeString:
    return format_html_join(" ", "{},{}", ((place(x), place(y)) for x, y in points))
