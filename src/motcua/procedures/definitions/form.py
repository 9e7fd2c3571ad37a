"""The questions of a procedure: which of them are asked, and what is wrong with an answer."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from jsonschema_rs import Draft202012Validator

from motcua.procedures.conditions import Condition

from . import messages
from .cleaning import clean_answer

Answers = Mapping[str, Any]

TODAY = "today"
STRANGE_KEYS_SHOWN_MAX = 20


class Widget(StrEnum):
    """How a question is asked, and so what its answer looks like."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"  # answer: "2024-10-15"
    RADIOS = "radios"
    SELECT = "select"
    COMMUNE = "commune"  # answer: a place code of five digits
    YES_NO = "yes_no"  # answer: true or false
    WHOLE_NUMBER = "whole_number"
    MONEY = "money"  # whole đồng
    PHONE = "phone"
    EMAIL = "email"
    PERSONAL_ID = "personal_id"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the answers a choice offers."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing asked of the applicant, with the schema its answer must meet."""

    key: str
    label: str
    hint: str
    widget: Widget
    options: tuple[Option, ...]
    required: bool
    when: Condition | None
    prefill: str | None  # "person.full_name" …: taken from the account, not open to change
    autocomplete: str
    schema: Mapping[str, Any]
    short_label: str = ""  # a noun: "Ngày sinh của trẻ", for check pages and messages
    earliest: str = ""  # of a date: a day, or "today"
    latest: str = ""

    @property
    def noun(self) -> str:
        """What the question asks for, in as few words as its author gave."""
        return self.short_label or self.label


@dataclass(frozen=True, kw_only=True)
class Page:
    """One screen of the form: usually one question."""

    key: str
    title: str
    hint: str
    section: str  # heading in the task list
    questions: tuple[Question, ...]
    when: Condition | None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one answer, in words for the person who gave it."""

    key: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """
    The questions in order. A condition speaks only of questions asked before it.

    Answers are a flat mapping from question key to text, whole number or truth value. The methods
    never change them: `cleaned` first, then `problems`; what has no problems is stored as it is.
    """

    pages: tuple[Page, ...]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its key, whether asked or not."""
        return {question.key: question for page in self.pages for question in page.questions}

    @cached_property
    def prefilled_questions(self) -> tuple[Question, ...]:
        """The questions that the account answers, whether asked or not."""
        return tuple(q for q in self.questions.values() if q.prefill is not None)

    def page(self, key: str) -> Page:
        """
        Return the page of that key.

        :raises KeyError: if the form has none
        """
        return self._pages_by_key[key]

    def visible_pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return the pages these answers lead to, in order."""
        asked = self._asked(answers)
        return tuple(p for p in self.pages if any(q.key in asked for q in p.questions))

    def visible_questions(self, answers: Answers) -> tuple[Question, ...]:
        """Return every question these answers lead to, in order."""
        return tuple(self._asked(answers).values())

    def still_asked(self, answers: Answers) -> dict[str, Any]:
        """Return the answers without those to questions that a later change of mind has closed."""
        asked = self._asked(answers)
        return {key: answer for key, answer in answers.items() if key in asked}

    def cleaned(self, answers: Answers) -> dict[str, Any]:
        """
        Return the answers as they will be stored: in NFC, trimmed, in one format.

        An empty answer is no answer. What cannot be read is left as it was typed, for `problems` to
        speak of; so are answers to questions that do not exist.
        """
        cleaned: dict[str, Any] = {}
        for key, answer in answers.items():
            question = self.questions.get(key)
            value = answer if question is None else clean_answer(question.widget.value, answer)
            if value not in ("", None):
                cleaned[key] = value
        return cleaned

    def problems_of_page(
        self, page: Page, answers: Answers, *, on: date | None = None
    ) -> tuple[Problem, ...]:
        """
        Return what is wrong with the answers to this page's questions.

        Without the day `on`, bounds that speak of today are left to `problems`.
        """
        asked = self._asked(answers)
        here = {q.key: answers[q.key] for q in page.questions if q.key in answers}
        return self._problems_among(
            [question for question in page.questions if question.key in asked], here, on
        )

    def problems(self, answers: Answers, *, on: date) -> tuple[Problem, ...]:
        """Return all that is wrong on that day: missing, malformed, hidden or unknown keys."""
        asked = self._asked(answers)
        if (
            answers.keys() <= asked.keys()
            and all(key in answers for key, question in asked.items() if question.required)
            and self._all_well_formed(answers, on)
        ):
            return ()
        return self._problems_among(asked.values(), answers, on)

    @cached_property
    def _pages_by_key(self) -> dict[str, Page]:
        return {page.key: page for page in self.pages}

    @cached_property
    def _keys_in_conditions(self) -> frozenset[str]:
        conditions = [page.when for page in self.pages]
        conditions += [question.when for question in self.questions.values()]
        return frozenset().union(*(c.keys for c in conditions if c is not None))

    @cached_property
    def _dated_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if q.earliest or q.latest)

    @cached_property
    def _validator(self) -> Draft202012Validator:
        # One validator for the whole: the way of a filing without fault is a single call.
        return Draft202012Validator(
            {
                "type": "object",
                "properties": {key: dict(q.schema) for key, q in self.questions.items()},
            },
            validate_formats=True,
        )

    def _asked(self, answers: Answers) -> dict[str, Question]:
        asked: dict[str, Question] = {}
        # Only answers to questions that are themselves asked count for the conditions after them.
        counted: dict[str, Any] = {}
        for page in self.pages:
            if page.when is not None and not page.when.holds(counted):
                continue
            for question in page.questions:
                if question.when is None or question.when.holds(counted):
                    key = question.key
                    asked[key] = question
                    if key in self._keys_in_conditions and key in answers:
                        counted[key] = answers[key]
        return asked

    def _all_well_formed(self, answers: Answers, on: date | None) -> bool:
        for answer in answers.values():
            kind = type(answer)
            if kind is str:
                if not unicodedata.is_normalized("NFC", answer):
                    return False
            elif kind is not bool and kind is not int:
                return False
        try:
            valid = self._validator.is_valid(dict(answers))
        except ValueError:  # half a surrogate pair is a str in Python and nothing elsewhere
            return False
        return valid and not any(_out_of_range(q, answers, on) for q in self._dated_questions)

    def _problems_among(
        self, asked: Iterable[Question], answers: Answers, on: date | None
    ) -> tuple[Problem, ...]:
        problems: list[Problem] = []
        known = set()
        for question in asked:
            known.add(question.key)
            message = self._message_about(question, answers, on)
            if message:
                problems.append(Problem(key=question.key, message=message))
        strange = [key for key in answers if key not in known]
        for key in strange[:STRANGE_KEYS_SHOWN_MAX]:
            hidden = self.questions.get(key)
            message = messages.hidden(hidden.noun) if hidden else messages.unknown(key)
            problems.append(Problem(key=key[:60], message=message))
        return tuple(problems)

    def _message_about(self, question: Question, answers: Answers, on: date | None) -> str:
        if question.key not in answers:
            return messages.missing(question) if question.required else ""
        answer = answers[question.key]
        if type(answer) not in {str, int, bool}:
            return messages.malformed(question, answer, "type")
        if isinstance(answer, str) and not messages.is_plain_text(answer):
            return messages.unreadable(question.noun)
        only = {question.key: answer}
        error = next(self._validator.iter_errors(only), None)
        if error is not None:
            return messages.malformed(question, answer, str(error.schema_path[-1]))
        bound = _out_of_range(question, only, on)
        return messages.out_of_range(question.noun, bound) if bound else ""


def _out_of_range(question: Question, answers: Answers, on: date | None) -> tuple[str, str] | None:
    """Which bound the date breaks: ("earliest" or "latest", the day)."""
    answer = answers.get(question.key)
    if answer is None:
        return None
    today = on.isoformat() if on else ""
    earliest = today if question.earliest == TODAY else question.earliest
    latest = today if question.latest == TODAY else question.latest
    if earliest and answer < earliest:  # ISO dates compare as text
        return "earliest", earliest
    if latest and answer > latest:
        return "latest", latest
    return None
