"""Reading a definition so that everything wrong with it is told at once, each with its path."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from motcua.procedures.conditions import (
    Condition,
    Field,
    InvalidCondition,
    compile_condition,
)

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED_KEYS = frozenset({"and", "or", "not", "in", "true", "false"})

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class InvalidDefinition(Exception):
    """The definition cannot be published; `problems` says where and why, one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Problems:
    """What was found wrong so far, in one source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._found: list[str] = []

    def add(self, path: str, message: str) -> None:
        """Note one problem at a path of the definition."""
        self._found.append(": ".join(part for part in (self._source, path, message) if part))

    def raise_if_any(self) -> None:
        """
        End the reading of a definition.

        :raises InvalidDefinition: if anything was noted
        """
        if self._found:
            raise InvalidDefinition(self._found)


class Sheet:
    """
    One group of the definition, read key by key.

    A reading that fails notes the problem and returns a stand-in, so that the rest is read too.
    `finish` notes every key that nobody asked for: a misspelt key must not pass for an absent one.
    """

    def __init__(self, value: Any, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self._read: set[str] = set()
        self._values: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        if not isinstance(value, Mapping):
            self.problems.add(path, _("phải là một nhóm «tên: giá trị»."))

    def at(self, key: str) -> str:
        """Return the path of a key in this group."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, message: str) -> None:
        """Note a problem with the value under a key."""
        self.problems.add(self.at(key), message)

    def finish(self) -> None:
        """Note the keys that mean nothing here."""
        for key in self._values:
            if key not in self._read:
                close = get_close_matches(str(key), self._read, n=1)
                hint = _(" Có phải «%(close)s»?") % {"close": close[0]} if close else ""
                self.problems.add(self.at(str(key)), _("không có khóa này.") + hint)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def raw(self, key: str) -> Any:
        """Return whatever stands under the key."""
        self._read.add(key)
        return self._values.get(key)

    def text(
        self,
        key: str,
        *,
        required: bool = True,
        longest: int = 200,
        like: str = "",
        example: str = "",
    ) -> str:
        """Return a text, trimmed and in NFC."""
        value = self.raw(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            if isinstance(value, str) and not required:
                return ""
            self.refuse(key, _("thiếu; cần ghi bằng chữ."))
            return ""
        value = unicodedata.normalize("NFC", value).strip()
        if len(value) > longest:
            self.refuse(key, _("dài quá %(max)d ký tự.") % {"max": longest})
        if like and not re.fullmatch(like, value):
            self.refuse(
                key,
                _("«%(value)s» không đúng dạng, ví dụ: %(example)s.")
                % {"value": value[:60], "example": example},
            )
        return value

    def key(self) -> str:
        """Return this group's own `key`: lower-case letters, digits and underscores."""
        value = self.text("key", longest=40)
        if value and (not KEY.fullmatch(value) or value in RESERVED_KEYS):
            self.refuse(
                "key", _("chỉ gồm chữ thường không dấu, chữ số và gạch dưới, ví dụ: child_name.")
            )
        return value

    def texts(self, key: str, *, required: bool = True, longest: int = 300) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._list(key, required=required)
        texts = []
        for index, value in enumerate(values):
            if isinstance(value, str) and value.strip() and len(value) <= longest:
                texts.append(unicodedata.normalize("NFC", value).strip())
            else:
                self.refuse(
                    f"{key}[{index}]",
                    _("phải là chữ, dài tối đa %(max)d ký tự.") % {"max": longest},
                )
        return tuple(texts)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.raw(key)
        if value is None and key not in self._values:
            return default
        if not isinstance(value, bool):
            self.refuse(key, _("phải là true hoặc false."))
            return default
        return value

    def number(self, key: str, *, lowest: int, highest: int, default: int | None = None) -> int:
        """Return a whole number within bounds."""
        value = self.raw(key)
        if value is None and key not in self._values and default is not None:
            return default
        if type(value) is not int or not lowest <= value <= highest:
            self.refuse(
                key,
                _("phải là số nguyên từ %(lowest)d đến %(highest)d.")
                % {"lowest": lowest, "highest": highest},
            )
            return lowest
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.text(key, like=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", example="2024-10-15")
        try:
            return date.fromisoformat(value)
        except ValueError:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                self.refuse(key, _("không có ngày này."))
            return date.min

    def choice(self, key: str, kinds: type[ChoiceT], *, default: ChoiceT | None = None) -> ChoiceT:
        """Return one of the enumeration's members."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in set(kinds):
            return kinds(value)
        self._refuse_choice(key, value, [member.value for member in kinds])
        return next(iter(kinds))

    def choices(self, key: str, kinds: type[ChoiceT]) -> frozenset[ChoiceT]:
        """Return some of the enumeration's members, at least one."""
        members = set()
        for index, value in enumerate(self._list(key, required=True)):
            if isinstance(value, str) and value in set(kinds):
                members.add(kinds(value))
            else:
                self._refuse_choice(f"{key}[{index}]", value, [member.value for member in kinds])
        return frozenset(members)

    def condition(self, key: str, fields: Mapping[str, Field]) -> Condition | None:
        """Return the condition under the key; None if there is none: always."""
        if key not in self._values:
            self._read.add(key)
            return None
        value = self.raw(key)
        try:
            return compile_condition(value if isinstance(value, str) else "", fields)
        except InvalidCondition as invalid:
            self.refuse(key, str(invalid))
            return None

    def sheet(self, key: str) -> "Sheet":
        """Return the group under the key."""
        return Sheet(self.raw(key), self.at(key), self.problems)

    def sheets(self, key: str, *, required: bool = True, keyed: bool = False) -> list["Sheet"]:
        """Return the list of groups under the key; `keyed` paths name the group, not its place."""
        return list(self._sheets(key, self._list(key, required=required), keyed))

    def _sheets(self, key: str, values: Sequence[Any], keyed: bool) -> Iterator["Sheet"]:
        for index, value in enumerate(values):
            own = value.get("key") if keyed and isinstance(value, Mapping) else None
            path = f"{key}.{own}" if isinstance(own, str) and own else f"{key}[{index}]"
            yield Sheet(value, self.at(path), self.problems)

    def _list(self, key: str, *, required: bool) -> Sequence[Any]:
        value = self.raw(key)
        if value is None and not required:
            return []
        if not isinstance(value, list) or (required and not value):
            self.refuse(key, _("phải là danh sách, có ít nhất một mục."))
            return []
        return value

    def _refuse_choice(self, key: str, value: Any, allowed: Sequence[str]) -> None:
        self.refuse(
            key,
            _("«%(value)s» không có; chọn một trong: %(allowed)s.")
            % {"value": str(value)[:60], "allowed": ", ".join(allowed)},
        )


def refuse_doubles(keys: Sequence[str], path: str, problems: Problems) -> None:
    """Note each key that stands more than once."""
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        problems.add(path, _("khóa «%(key)s» có hai lần.") % {"key": key})
