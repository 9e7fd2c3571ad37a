"""Corrections of what was published: laid over the frozen content, which stays as it is."""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNNAMED = gettext_lazy("[đã gỡ tên]")

# What of a row may be said anew, by the list it stands in.
_COUNTS = ("late", "ended", "open", "worst_days", "median_days")
RESTATABLE: Mapping[str, tuple[str, ...]] = {
    "agencies": _COUNTS,
    "units": _COUNTS,
    "persons": _COUNTS,
    "excused": ("dossiers", "worst_days"),
    "index": ("points",),
    "online": ("online", "received"),
}
_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")


class Change(models.TextChoices):
    """What a correction does."""

    STRIKE = "strike", gettext_lazy("Bỏ cả dòng")
    RESTATE = "restate", gettext_lazy("Sửa một số liệu")
    UNNAME = "unname", gettext_lazy("Gỡ tên cá nhân")


class NothingToCorrect(Exception):
    """The publication holds no such row or figure, or it says so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction that stands, as the public reads it."""

    number: int
    issued_on: date
    change: Change
    target: str  # the key of a row
    field: str  # of what is restated
    former: str
    new: str
    reason: str


def lists_of(content: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each list whose rows have keys, with its name."""
    for name in RESTATABLE:
        yield name, content[name]


def row_of(content: Mapping[str, Any], target: str) -> tuple[str, dict[str, Any]]:
    """
    Return the row of a key, and the name of the list it stands in.

    :raises NothingToCorrect: if there is none
    """
    for name, rows in lists_of(content):
        for row in rows:
            if row["key"] == target:
                return name, row
    raise NothingToCorrect(_("Bản công khai không có dòng này."))


def checked(
    view: Mapping[str, Any], *, change: Change, target: str, field: str, new: str
) -> tuple[str, str]:
    """
    Return what the view says now and what it shall say, for a correction that makes sense.

    :raises NothingToCorrect: if it does not, or would change nothing
    """
    name, row = row_of(view, target)
    if row["struck"] is not None and change is not Change.UNNAME:
        raise NothingToCorrect(_("Dòng này đã được bỏ."))
    if change is Change.STRIKE:
        return name_of(row), ""
    if change is Change.UNNAME:
        if name != "persons" or row["unnamed"]:
            raise NothingToCorrect(_("Dòng này không nêu tên cá nhân nào."))
        return "", ""
    if field not in RESTATABLE[name]:
        raise NothingToCorrect(_("Hãy chọn số liệu cần sửa của dòng này."))
    said = _figure(new, decimal=name == "index")
    former = str(row[field] if row[field] is not None else "")
    if said == former:
        raise NothingToCorrect(_("Số liệu mới giống số liệu đã công khai."))
    return former, said


def corrected(content: Mapping[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """
    Return what the public reads: the content with every correction in sight.

    A struck row stays readable. A restated figure stands beside the former one. A name that was
    taken away is nowhere: not in its row, nor in a reply, a reason or another correction.
    """
    view = copy.deepcopy(dict(content))
    for _name, rows in lists_of(view):
        for row in rows:
            row |= {"struck": None, "restated": {}, "unnamed": False}
    names = []
    told = []
    for each in corrections:
        name, row = row_of(view, each.target)
        told.append(
            {
                "number": each.number,
                "issued_on": each.issued_on.isoformat(),
                "change": each.change.value,
                "list": name,
                "target": each.target,
                "target_name": name_of(row),
                "field": each.field,
                "former": each.former,
                "new": each.new,
                "reason": each.reason,
            }
        )
        if each.change is Change.STRIKE:
            row["struck"] = each.number
        elif each.change is Change.UNNAME:
            names.append(row["name"])
            row |= {"name": str(UNNAMED), "post": "", "replies": [], "unnamed": True}
        else:
            row["restated"][each.field] = {"former": row[each.field], "number": each.number}
            row[each.field] = each.new if name == "index" else int(each.new)
    view["corrections"] = told
    return _without(view, names) if names else view


def name_of(row: Mapping[str, Any]) -> str:
    """Return whom or what a row is about."""
    return ", ".join(str(row[part]) for part in ("name", "unit", "agency") if row.get(part))


def _figure(text: str, *, decimal: bool) -> str:
    found = (_DECIMAL if decimal else _WHOLE).fullmatch(text.strip())
    if found is None:
        raise NothingToCorrect(_("Hãy ghi số liệu mới bằng chữ số."))
    if decimal:
        return f"{int(found[1])}.{(found[2] or '').ljust(2, '0')}"
    return str(int(found[0]))


def _without(value: Any, names: list[str]) -> Any:
    if isinstance(value, str):
        for name in names:
            value = re.sub(re.escape(name), str(UNNAMED), value, flags=re.IGNORECASE)
        return value
    if isinstance(value, dict):
        return {key: _without(each, names) for key, each in value.items()}
    return [_without(each, names) for each in value] if isinstance(value, list) else value
