"""
The small language in which a procedure says when a question, a paper or a fee is called for.

    relation != "parent" and not (copies = 0 or delivery in ["counter", "online"])

Comparisons are `=`, `!=`, `<`, `<=`, `>`, `>=` and `in [ … ]`; they are joined by `and`, `or`,
`not` and parentheses. Literals are quoted text, whole numbers, `true` and `false`; a date is quoted
("2024-10-15"). A comparison with an answer that is absent, or of another kind, does not hold,
whatever its operator: also `!=` asks for an answer that was given. Nothing is ever evaluated as
Python.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

CHARACTERS_MAX = 500
DEPTH_MAX = 20

Literal = str | int | bool
Answers = Mapping[str, Any]


class InvalidCondition(Exception):
    """The condition cannot be read; the message says where, and what to write instead."""


class FieldKind(StrEnum):
    """What kind of answer a field holds, and so what it may be compared with."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"


@dataclass(frozen=True)
class Field:
    """A field that conditions may speak of, and for a choice its possible values."""

    kind: FieldKind
    options: tuple[str, ...] = ()


class _Node(Protocol):
    def holds(self, answers: Answers) -> bool: ...

    @property
    def keys(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Condition:
    """A compiled condition. Two are equal when they say the same thing."""

    root: _Node

    def holds(self, answers: Answers) -> bool:
        """Return whether these answers fulfil the condition."""
        return self.root.holds(answers)

    @property
    def keys(self) -> frozenset[str]:
        """The fields the condition speaks of."""
        return self.root.keys


def compile_condition(text: str, fields: Mapping[str, Field]) -> Condition:
    """
    Return the condition that `text` states about `fields`.

    :raises InvalidCondition: if it is not of this language, or speaks of what does not exist
    """
    return Condition(_Parser(text, fields).parse())


_ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    **_ORDERINGS,
}
_TYPES: Mapping[FieldKind, type] = {
    FieldKind.TEXT: str,
    FieldKind.CHOICE: str,
    FieldKind.NUMBER: int,
    FieldKind.DATE: str,
    FieldKind.TRUTH: bool,
}


@dataclass(frozen=True)
class _Comparison:
    key: str
    kind: FieldKind
    operator: str
    literal: Literal

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.key)
        # The exact type: true is not 1, and a draft may hold anything.
        if type(answer) is not _TYPES[self.kind]:
            return False
        if self.kind is FieldKind.DATE and not _is_date(str(answer)):
            return False  # ISO dates, and only they, compare as text
        return _OPERATORS[self.operator](answer, self.literal)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True)
class _Membership:
    key: str
    kind: FieldKind
    literals: tuple[Literal, ...]

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.key)
        return type(answer) is _TYPES[self.kind] and answer in self.literals

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})


@dataclass(frozen=True)
class _Not:
    part: _Node

    def holds(self, answers: Answers) -> bool:
        return not self.part.holds(answers)

    @property
    def keys(self) -> frozenset[str]:
        return self.part.keys


@dataclass(frozen=True)
class _All:
    parts: tuple[_Node, ...]

    def holds(self, answers: Answers) -> bool:
        return all(part.holds(answers) for part in self.parts)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys for part in self.parts))


@dataclass(frozen=True)
class _Any:
    parts: tuple[_Node, ...]

    def holds(self, answers: Answers) -> bool:
        return any(part.holds(answers) for part in self.parts)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys for part in self.parts))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int  # counted from 1, as people count

    @property
    def shown(self) -> str:
        return self.text or _("chỗ kết thúc")


_TOKENS = re.compile(
    r"""(?P<space>\s+)
    |   (?P<text>"[^"]*"|'[^']*')
    |   (?P<number>-?[0-9]+(?![0-9A-Za-z_.]))
    |   (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |   (?P<sign>==|!=|<=|>=|[=<>()\[\],])
    """,
    re.VERBOSE,
)
_RESERVED = frozenset({"and", "or", "not", "in", "true", "false"})


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        match = _TOKENS.match(text, position)
        if match is None:
            raise _refusal(
                position + 1, _("không hiểu «%(text)s».") % {"text": text[position : position + 10]}
            )
        if match.lastgroup != "space":
            yield _Token(str(match.lastgroup), match.group(), position + 1)
        position = match.end()
    yield _Token("end", "", len(text) + 1)


class _Parser:
    def __init__(self, text: str, fields: Mapping[str, Field]) -> None:
        if not text.strip():
            raise _refusal(1, _("điều kiện trống; nếu luôn luôn cần thì bỏ hẳn dòng này."))
        if len(text) > CHARACTERS_MAX:
            raise _refusal(
                CHARACTERS_MAX, _("điều kiện dài quá %(max)d ký tự.") % {"max": CHARACTERS_MAX}
            )
        self._fields = fields
        self._tokens = list(_tokens(text))
        self._index = 0
        self._depth = 0

    def parse(self) -> _Node:
        node = self._any()
        if self._here.kind != "end":
            raise self._refusal(
                _("thừa «%(text)s»; nối hai điều kiện bằng and hoặc or.")
                % {"text": self._here.text}
            )
        return node

    @property
    def _here(self) -> _Token:
        return self._tokens[self._index]

    def _take(self) -> _Token:
        token = self._here
        self._index += 1
        return token

    def _took(self, text: str) -> bool:
        if self._here.kind in {"word", "sign"} and self._here.text == text:
            self._index += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._took(sign):
            raise self._refusal(
                _("cần «%(sign)s» trước «%(text)s».") % {"sign": sign, "text": self._here.shown}
            )

    def _refusal(self, message: str) -> InvalidCondition:
        return _refusal(self._here.position, message)

    def _any(self) -> _Node:
        parts = [self._all()]
        while self._took("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else _Any(tuple(parts))

    def _all(self) -> _Node:
        parts = [self._not()]
        while self._took("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else _All(tuple(parts))

    def _not(self) -> _Node:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise self._refusal(_("lồng nhau quá %(max)d tầng.") % {"max": DEPTH_MAX})
        try:
            if self._took("not"):
                return _Not(self._not())
            if self._took("("):
                node = self._any()
                self._expect(")")
                return node
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> _Node:
        key, field = self._field()
        if self._took("in"):
            return self._membership(key, field)
        sign = self._here
        if sign.text == "==":
            raise self._refusal(_("viết một dấu =, không viết ==."))
        if sign.kind != "sign" or sign.text not in _OPERATORS:
            raise self._refusal(
                _("sau «%(key)s» cần một trong: =, !=, <, <=, >, >=, in.") % {"key": key}
            )
        if sign.text in _ORDERINGS and field.kind not in {FieldKind.NUMBER, FieldKind.DATE}:
            raise self._refusal(
                _("«%(key)s» không phải số hay ngày nên chỉ so bằng =, != hoặc in.") % {"key": key}
            )
        self._take()
        if self._here.text in {"=", "=="}:
            raise self._refusal(_("viết một dấu =, không viết hai."))
        return _Comparison(key, field.kind, sign.text, self._literal(key, field))

    def _membership(self, key: str, field: Field) -> _Node:
        self._expect("[")
        literals = [self._literal(key, field)]
        while self._took(","):
            literals.append(self._literal(key, field))
        self._expect("]")
        return _Membership(key, field.kind, tuple(literals))

    def _field(self) -> tuple[str, Field]:
        token = self._here
        if token.kind != "word" or token.text in _RESERVED:
            raise self._refusal(
                _("cần tên một câu hỏi, không phải «%(text)s».") % {"text": token.shown}
            )
        if token.text not in self._fields:
            close = get_close_matches(token.text, self._fields, n=1)
            hint = _(" Có phải «%(close)s»?") % {"close": close[0]} if close else ""
            raise self._refusal(
                _("không có câu hỏi «%(key)s» ở phía trước.") % {"key": token.text} + hint
            )
        self._take()
        return token.text, self._fields[token.text]

    def _literal(self, key: str, field: Field) -> Literal:
        token = self._here
        value: Literal | None = None
        if token.kind == "text":
            value = token.text[1:-1]
        elif token.kind == "number":
            value = int(token.text)
        elif token.kind == "word" and token.text in {"true", "false"}:
            value = token.text == "true"
        if value is None or type(value) is not _TYPES[field.kind]:
            raise self._refusal(
                _("«%(key)s» so với %(wanted)s, không phải «%(text)s».")
                % {"key": key, "wanted": _wanted(field), "text": token.shown}
            )
        if field.kind is FieldKind.DATE and not _is_date(str(value)):
            raise self._refusal(_('ngày viết dạng "2024-10-15", trong dấu nháy.'))
        if field.kind is FieldKind.CHOICE and value not in field.options:
            raise self._refusal(
                _("«%(key)s» không có lựa chọn «%(value)s»; chỉ có: %(options)s.")
                % {"key": key, "value": value, "options": ", ".join(field.options)}
            )
        self._take()
        return value


def _refusal(position: int, message: str) -> InvalidCondition:
    return InvalidCondition(
        _("ký tự %(position)d: %(message)s") % {"position": position, "message": message}
    )


def _wanted(field: Field) -> str:
    return {
        FieldKind.TEXT: _("chữ trong dấu nháy"),
        FieldKind.CHOICE: _("một lựa chọn trong dấu nháy"),
        FieldKind.NUMBER: _("số nguyên"),
        FieldKind.DATE: _('ngày trong dấu nháy, dạng "2024-10-15"'),
        FieldKind.TRUTH: _("true hoặc false"),
    }[field.kind]


def _is_date(text: str) -> bool:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return False  # fromisoformat() also reads weeks and dates without hyphens
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
