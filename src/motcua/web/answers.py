"""From the boxes of a page to answers, and from answers to words. Shape only: forms judge."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel import money, text
from motcua.procedures.definitions import Page, Question, Widget

from .days import date_parts, typed_day

# The commune picker's groups: a district, and its communes as (code, name).
Places = Iterable[tuple[str, Sequence[tuple[str, str]]]]

_GROUPED = re.compile(r"[0-9]{1,3}(?:([., \u00a0])[0-9]{3})(?:\1[0-9]{3})*")
_BETWEEN_DIGITS = re.compile(r"[\s.\-]+")


def read_answers(
    page: Page, posted: Mapping[str, str], *, prefilled: Collection[str] = ()
) -> dict[str, Any]:
    """
    Return the answers in a page's posted boxes; a question left empty has none.

    What cannot be understood is kept as it was typed, so that the form can say what is wrong with
    it and the person finds it again. Keys in `prefilled` come from the account, never from here.
    """
    answers = {}
    for question in page.questions:
        if question.key in prefilled:
            continue
        answer = _read(question, posted)
        if answer not in (None, ""):
            answers[question.key] = answer
    return answers


def with_page(
    answers: Mapping[str, Any],
    page: Page,
    posted: Mapping[str, str],
    *,
    prefilled: Collection[str] = (),
) -> dict[str, Any]:
    """Return a draft's answers with those of one page replaced by what was posted."""
    own = {question.key for question in page.questions} - set(prefilled)
    others = {key: answer for key, answer in answers.items() if key not in own}
    return others | read_answers(page, posted, prefilled=prefilled)


def shown(question: Question, answer: Any, *, places: Mapping[str, str] | None = None) -> str:
    """Return an answer as it is read back to the person who gave it."""
    if answer is None or answer == "":
        return _("Không cung cấp")
    match question.widget:
        case Widget.DATE:
            parts = date_parts(answer)
            return "/".join(parts[part] for part in ("day", "month", "year"))
        case Widget.YES_NO:
            return _("Có") if answer is True else _("Không") if answer is False else str(answer)
        case Widget.RADIOS | Widget.SELECT:
            labels = {option.value: option.label for option in question.options}
            return labels.get(answer, str(answer))
        case Widget.COMMUNE:
            return (places or {}).get(answer, str(answer))
        case Widget.MONEY if isinstance(answer, int):
            return money.format_dong(answer)
        case Widget.WHOLE_NUMBER if isinstance(answer, int):
            # A year is a number too: 1996 and never 1.996.
            return money.grouped(answer) if abs(answer) >= 10_000 else str(answer)
        case _:
            return str(answer)


def place_names(places: Places) -> dict[str, str]:
    """Return each commune of the picker with its district, by code."""
    return {code: f"{name}, {district}" for district, communes in places for code, name in communes}


def _read(question: Question, posted: Mapping[str, str]) -> Any:
    if question.widget is Widget.DATE:
        return typed_day(posted, question.key)
    raw = posted.get(question.key, "")
    match question.widget:
        case Widget.LONG_TEXT:
            return text.clean_lines(raw)
        case Widget.YES_NO:
            return {"yes": True, "no": False}.get(raw, text.clean(raw))
        case Widget.WHOLE_NUMBER | Widget.MONEY:
            return _read_number(text.clean(raw))
        case Widget.PHONE:
            return _read_phone(text.clean(raw))
        case Widget.PERSONAL_ID:
            return _BETWEEN_DIGITS.sub("", raw)
        case _:
            return text.clean(raw)


def _read_number(typed: str) -> int | str:
    plain = re.sub(r"\s*(₫|đ|đồng)$", "", typed, flags=re.IGNORECASE)
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    return int(plain) if re.fullmatch(r"-?[0-9]{1,15}", plain) else typed


def _read_phone(typed: str) -> str:
    plain = _BETWEEN_DIGITS.sub("", typed)
    international = re.fullmatch(r"\+?84([0-9]{9})", plain)
    return f"0{international[1]}" if international else plain
