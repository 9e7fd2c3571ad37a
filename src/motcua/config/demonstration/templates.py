"""Answers to a procedure's form, made once and filled in for each dossier as canonical JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from random import Random
from typing import Any

from motcua.kernel.ledger import chain
from motcua.procedures.definitions import Question, Version, Widget

from .crowd import Inhabitant
from .moments import date_of

_COMMUNE, _NAME = "commune", "name"
# What stands where a hole was: of whoever files, somebody else, a commune, and a day.
_Said = Callable[[Inhabitant, Inhabitant, str, int], str]
_SAID: dict[str, _Said] = {
    "person.full_name": lambda person, _other, _commune, _day: person.full_name,
    "person.personal_id": lambda person, _other, _commune, _day: person.personal_id,
    "person.born_on": lambda person, _other, _commune, _day: person.born_on.isoformat(),
    "person.phone": lambda person, _other, _commune, _day: person.phone,
    "person.address": lambda person, _other, _commune, _day: person.address,
    _COMMUNE: lambda _person, _other, commune, _day: commune,
    _NAME: lambda _person, other, _commune, _day: other.full_name,
}
# Where a hole is, in the JSON text: no answer of ours has this letter.
_HOLE = re.compile("\u241f([^\u241f]*)\u241f")
_DAYS_AGO_MAX = 25
_ROUNDS_MAX = 60


class UnableToAnswer(Exception):
    """No answers were found that the form takes; the procedure is left out."""


@dataclass(frozen=True)
class Template:
    """Canonical JSON with holes: for the applicant, the commune, a name, and days gone by."""

    pieces: tuple[str, ...]  # text, hole, text, hole, … text

    @cached_property
    def names_another(self) -> bool:
        """Whether somebody else's name is among the answers."""
        return _NAME in self.pieces[1::2]

    @cached_property
    def _said(self) -> list[tuple[int, _Said]]:
        return [
            (place, _SAID.get(hole) or partial(_day_before, int(hole)))
            for place, hole in enumerate(self.pieces)
            if place % 2
        ]

    def filled(self, person: Inhabitant, other: Inhabitant, commune: str, day: int) -> str:
        """Return the answers of a person who files on that day with the agency of a commune."""
        told = list(self.pieces)
        for place, said in self._said:
            told[place] = said(person, other, commune, day)
        return "".join(told)


def _day_before(days: int, _person: Inhabitant, _other: Inhabitant, _commune: str, day: int) -> str:
    return date_of(day - days).isoformat()


def template_of(version: Version, rng: Random) -> Template:
    """
    Answer the form as somebody might, and keep what differs from one filing to the next open.

    :raises UnableToAnswer: if the form takes none of many tries
    """
    for _ in range(_ROUNDS_MAX):
        answers: dict[str, Any] = {}
        for page in version.form.pages:
            if page.when is not None and not page.when.holds(answers):
                continue
            for question in page.questions:
                if question.when is None or question.when.holds(answers):
                    _answer(question, answers, rng)
        text = chain.canonical(dict(sorted(answers.items())))
        template = Template(tuple(_HOLE.split(text)))
        if _is_taken(version, template):
            return template
    raise UnableToAnswer(version.code)


def _is_taken(version: Version, template: Template) -> bool:
    day = 20_000
    try:
        answers = json.loads(template.filled(_SOMEBODY, _SOMEBODY, "31117", day))
    except ValueError:
        return False
    return not version.form.problems(answers, on=date_of(day))


_SOMEBODY = Inhabitant(
    id="",
    full_name="TRẦN VĂN AN",
    folded_name="",
    sort_key="",
    personal_id="092890100000",
    born_on=date(1990, 1, 2),
    sex="male",
    phone="0100000000",
    address="Số 1, đường Trần Phú",
    named=b"",
)


def _answer(question: Question, answers: dict[str, Any], rng: Random) -> None:
    key = question.key
    if question.prefill in _SAID:
        answers[key] = f"\u241f{question.prefill}\u241f"
        return
    if question.prefill or (not question.required and rng.random() < 0.6):
        return
    match question.widget:
        case Widget.RADIOS | Widget.SELECT:
            answers[key] = question.options[int(rng.random() * len(question.options))].value
        case Widget.YES_NO:
            answers[key] = True if "const" in question.schema else rng.random() < 0.6
        case Widget.COMMUNE:
            answers[key] = f"\u241f{_COMMUNE}\u241f"
        case Widget.DATE:
            answers[key] = _some_day(question, rng)
        case Widget.WHOLE_NUMBER | Widget.MONEY:
            answers[key] = _some_number(question, rng)
        case Widget.PHONE:
            answers[key] = "\u241fperson.phone\u241f"
        case Widget.PERSONAL_ID:
            answers[key] = f"0928{rng.getrandbits(30) % 90_000_000 + 10_000_000}"
        case Widget.EMAIL:
            answers[key] = "nguoi.dan@vidu.example"
        case Widget.TEXT | Widget.LONG_TEXT:
            answers[key] = _some_words(question)


def _some_day(question: Question, rng: Random) -> str:
    earliest, latest = question.earliest, question.latest
    if earliest == "today":
        return "\u241f0\u241f"
    if earliest and (not latest or latest == "today") and earliest < "2022":
        return f"\u241f{1 + int(rng.random() * _DAYS_AGO_MAX)}\u241f"
    if earliest or (latest and latest != "today"):
        return earliest or latest
    return f"\u241f{1 + int(rng.random() * _DAYS_AGO_MAX)}\u241f"


def _some_number(question: Question, rng: Random) -> int:
    least, most = int(question.schema.get("minimum", 0)), int(question.schema.get("maximum", 100))
    if question.widget is Widget.MONEY:
        million = 1_000_000
        return max(least, min(most, million * (5 + int(rng.random() * 60) * 5)))
    return max(least, min(most, least + int(rng.random() * 4)))


def _some_words(question: Question) -> str:
    if question.schema.get("pattern", "").startswith(r"^[\p{L}"):  # a person's name
        return f"\u241f{_NAME}\u241f"
    words = "Theo giấy tờ kèm theo"
    if question.autocomplete == "street-address" or "address" in question.key:
        return "\u241fperson.address\u241f"
    least = int(question.schema.get("minLength", 1))
    while len(words) < least:
        words += ", như đã khai"
    return words[: int(question.schema.get("maxLength", 200))].strip()
