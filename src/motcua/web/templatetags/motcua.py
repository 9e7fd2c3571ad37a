"""The tags and filters of our templates; the gallery shows each."""

import secrets
from collections.abc import Hashable, Iterable
from contextvars import ContextVar
from datetime import date, datetime
from itertools import chain
from typing import Any

import segno
from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.kernel import clock, money, numbers
from motcua.procedures.definitions import Problem, Question
from motcua.web import answers, days, icons, words

register = template.Library()

# What one place of a template keeps at most, in all drawings: rows by the thousand, whole lists by
# the hundred; some megabytes.
DRAWINGS_MAX = 4000
CHARACTERS_MAX = 4_000_000


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return the icon as inline SVG; `size` is "" or "l"."""
    return format_html(
        '<svg class="mc-icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" mc-icon--{size}" if size else "",
        mark_safe(icons.shape(name)),  # noqa: S308 - shapes of our own sprite
    )


@register.filter
def vi_date(value: date | datetime | str | None) -> str:
    """Return a day as dd/mm/yyyy."""
    return words.day(value)


@register.filter
def vi_datetime(value: datetime | None) -> str:
    """Return a moment as "14:05, 15/10/2024"."""
    return words.moment(value)


@register.filter
def dong(amount: int) -> str:
    """Return an amount as "1.250.000 ₫"."""
    return money.format_dong(amount)


@register.filter
def dong_in_words(amount: int) -> str:
    """Return an amount as papers spell it, that no figure can be added: "Một nghìn đồng"."""
    words = money.in_words(amount)
    return f"{words[0].upper()}{words[1:]}"


@register.filter
def grouped(number: int) -> str:
    """Return a whole number as "1.250"."""
    return money.grouped(number)


@register.filter
def mask_id(personal_id: str | None) -> str:
    """Return a personal id with its telling middle hidden."""
    return numbers.mask_personal_id(personal_id) if personal_id else ""


@register.filter
def mask_phone(phone: str | None) -> str:
    """Return a telephone number with its middle hidden."""
    return numbers.mask_phone(phone) if phone else ""


@register.simple_tag
def deadline(
    due_at: datetime | None, now: datetime | None = None, state: str = "", text: str = ""
) -> SafeString:
    """
    Return a deadline as word, shape and colour.

    `state`: paused, citizen or done; left empty, the time left decides between ontime, due and
    overdue. `text` replaces the word, where a screen can say it better ("Xong đúng hạn").
    """
    shown = words.deadline(
        due_at, now or clock.now(), words.DeadlineState(state) if state else None
    )
    if shown is None:
        return SafeString("")
    return format_html(
        '<span class="mc-deadline mc-deadline--{}">{}</span>',
        shown.state.value,
        text or shown.words,
    )


@register.simple_tag
def badge(state: str) -> SafeString:
    """Return the status of a dossier or draft as the citizen's word for it."""
    return as_badge(words.BADGES[str(state)])


@register.simple_tag
def as_badge(shown: words.Badge) -> SafeString:
    """Return the status of anything else, as its screen words it."""
    tone = f" mc-badge--{shown.tone}" if shown.tone else ""
    return format_html('<span class="mc-badge{}">{}</span>', tone, shown.words)


@register.simple_tag
def qr(content: str, label: str = "") -> SafeString:
    """Return a QR code as inline SVG. The content is an opaque link and never holds a name."""
    code = segno.make(content, error="m", micro=False)
    size = code.symbol_size(border=2)[0]
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.matrix_iter(border=2))
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="mc-receipt__qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{2}"/></svg>',
        size,
        label or _("Mã QR để mở lại trang này"),
        path,
    )


@register.simple_tag
def clock_bar(segments: Iterable[tuple[str, float]]) -> SafeString:
    """
    Return the legal clock's bar: (kind, amount) in order, kind is used, paused or left.

    The drawing is hidden from readers of the text: put the figures beside it (mc-legend).
    """
    drawn = list(segments)
    whole = sum(amount for _kind, amount in drawn) or 1
    bars, x = [], 0.0
    for kind, amount in drawn:
        width = amount / whole * 100
        bars.append((f"is-{kind}", f"{x:.2f}", f"{max(width - 0.6, 0.6):.2f}"))
        x += width
    return format_html(
        '<svg class="mc-clock__bar" viewBox="0 0 100 4" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">{}</svg>',
        format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="4" rx=".6"/>', bars),
    )


@register.filter
def shown(question: Question, given: Any) -> str:
    """Return an answer as it is read back; commune names come through `shown_answer` instead."""
    return answers.shown(question, given)


@register.simple_tag
def shown_answer(question: Question, given: Any, places: Any = ()) -> str:
    """Return an answer as it is read back; `places` are the groups of the commune picker."""
    return answers.shown(question, given, places=answers.place_names(places))


@register.filter
def get(mapping: Any, key: str) -> Any:
    """Return what a mapping holds under a key that is itself a variable."""
    return mapping.get(key) if mapping else None


@register.filter
def problem_of(problems: Iterable[Problem] | None, key: str) -> str:
    """Return what is wrong with the answer to one question, or no text."""
    return next((problem.message for problem in problems or () if problem.key == key), "")


@register.filter
def date_parts(given: Any) -> dict[str, str]:
    """Return the three boxes of a date, whether it is whole or as it was mistyped."""
    return days.date_parts(given)


@register.filter
def typed(given: Any) -> str:
    """Return an answer as it stands in a text box: nothing for None, digits for a number."""
    return "" if given is None else str(given)


@register.filter
def initials(full_name: str) -> str:
    """Return the letters of an avatar: those of the middle and the given name."""
    return "".join(word[0] for word in full_name.split()[-2:]).upper()


# Parts of a drawing that are drawn each time, as they are met while the drawing around is made.
_fresh_met: ContextVar[list["FreshNode"] | None] = ContextVar("fresh_met", default=None)
# Stands in a drawing where they will stand; nobody can know it to type it in.
_FRESH_HERE = f"<{secrets.token_hex(16)}>"


# The text around what is drawn each time, and that, in order.
Drawing = tuple[list[str], list["FreshNode"]]


class KeptNode(template.Node):
    """What stands between `kept` and `endkept`."""

    def __init__(self, nodelist: NodeList, given: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.given = given
        self.drawn: dict[Hashable, Drawing] = {}
        self.characters = 0

    def render(self, context: Context) -> SafeString:
        """Draw it, unless it was drawn of the same before."""
        of = get_language(), *[_hashable(each.resolve(context)) for each in self.given]
        drawing = self.drawn.get(of)
        if drawing is None:
            drawing = self._draw(context)
            self._keep(of, drawing)
        pieces, fresh = drawing
        if (met := _fresh_met.get()) is not None:
            met += fresh
            return SafeString(_FRESH_HERE.join(pieces))
        # What stands in several places is drawn for the first of them.
        drawn_now = {node: node.render(context) for node in dict.fromkeys(fresh)}
        between = [drawn_now[node] for node in fresh]
        return SafeString("".join(chain(*zip(pieces, between, strict=False), pieces[-1:])))

    def _draw(self, context: Context) -> Drawing:
        fresh: list[FreshNode] = []
        around = _fresh_met.set(fresh)
        try:
            return self.nodelist.render(context).split(_FRESH_HERE), fresh
        finally:
            _fresh_met.reset(around)

    def _keep(self, of: Hashable, drawing: Drawing) -> None:
        characters = sum(map(len, drawing[0]))
        if len(self.drawn) >= DRAWINGS_MAX or self.characters + characters > CHARACTERS_MAX:
            self.drawn.clear()
            self.characters = 0
        self.drawn[of] = drawing
        self.characters += characters


class FreshNode(template.Node):
    """What stands between `fresh` and `endfresh`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Draw it; inside of what is being drawn to be kept, only say that it stands here."""
        met = _fresh_met.get()
        if met is None:
            return self.nodelist.render(context)
        met.append(self)
        return SafeString(_FRESH_HERE)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """
    Draw what stands inside once, and again only if something named here differs: `{% kept row %}`.

    Name everything that the inside shows, but the language. So it is never out of date. What is
    different for every visitor, such as a form's token, stands inside of `fresh`.
    """
    given = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(inside, given)


@register.tag
def fresh(parser: Parser, token: Token) -> FreshNode:
    """Draw what stands inside each time, of what the page around `kept` knows."""
    inside = parser.parse(("endfresh",))
    parser.delete_first_token()
    return FreshNode(inside)


def _hashable(value: Any) -> Hashable:
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value
