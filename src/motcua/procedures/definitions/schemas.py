"""The JSON Schema of an answer, from its widget and the limits its author set."""

from collections.abc import Mapping
from typing import Any

from .form import Widget

TEXT_MAX = 200
LONG_TEXT_MAX = 2000
NAME_MAX = 150
WHOLE_NUMBER_MAX = 1_000_000_000
MONEY_MAX = 1_000_000_000_000_000

# Control characters, and those that turn the direction of what follows: "abc‮fdp.exe".
_UNSEEN = r"\p{Cc}\x{202A}-\x{202E}\x{2066}-\x{2069}"
_LINE = rf"^[^\s{_UNSEEN}][^{_UNSEEN}]*$"
_LINES = rf"^[^\s{_UNSEEN}](?:[^{_UNSEEN}]|\n)*$"
_NAME = r"^[\p{L}\p{M}][\p{L}\p{M} '’.\-]*$"
_EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+$"

# What an author may write under `schema`, by widget: (keyword, lowest, highest).
AUTHORS_KEYWORDS: Mapping[Widget, Mapping[str, tuple[int, int]]] = {
    Widget.TEXT: {"minLength": (1, TEXT_MAX), "maxLength": (1, 500)},
    Widget.LONG_TEXT: {"minLength": (1, LONG_TEXT_MAX), "maxLength": (1, 10_000)},
    Widget.WHOLE_NUMBER: {
        "minimum": (-WHOLE_NUMBER_MAX, WHOLE_NUMBER_MAX),
        "maximum": (-WHOLE_NUMBER_MAX, WHOLE_NUMBER_MAX),
    },
    Widget.MONEY: {"minimum": (0, MONEY_MAX), "maximum": (0, MONEY_MAX)},
}
# Without these a number could be anything.
REQUIRED_KEYWORDS: Mapping[Widget, tuple[str, ...]] = {
    Widget.WHOLE_NUMBER: ("minimum", "maximum"),
    Widget.MONEY: ("minimum", "maximum"),
}


def schema_of_answer(
    widget: Widget,
    *,
    options: tuple[str, ...] = (),
    limits: Mapping[str, int] | None = None,
    is_name: bool = False,
    must_agree: bool = False,
) -> dict[str, Any]:
    """Return the schema that every answer given with this widget meets."""
    if widget is Widget.TEXT and is_name:
        base = {"type": "string", "maxLength": NAME_MAX, "pattern": _NAME}
    elif widget in {Widget.RADIOS, Widget.SELECT}:
        base = {"type": "string", "enum": list(options)}
    elif widget is Widget.YES_NO and must_agree:
        base = {"const": True}
    else:
        base = _BASES[widget]
    return {**base, **(limits or {})}


_BASES: Mapping[Widget, dict[str, Any]] = {
    Widget.TEXT: {"type": "string", "maxLength": TEXT_MAX, "pattern": _LINE},
    Widget.LONG_TEXT: {"type": "string", "maxLength": LONG_TEXT_MAX, "pattern": _LINES},
    Widget.DATE: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"},
    Widget.COMMUNE: {"type": "string", "pattern": r"^[0-9]{5}$"},
    Widget.YES_NO: {"type": "boolean"},
    Widget.WHOLE_NUMBER: {"type": "integer"},
    Widget.MONEY: {"type": "integer"},
    Widget.PHONE: {"type": "string", "pattern": r"^0[1-9][0-9]{8,9}$"},
    Widget.EMAIL: {"type": "string", "maxLength": 254, "pattern": _EMAIL},
    Widget.PERSONAL_ID: {"type": "string", "pattern": r"^[0-9]{12}$"},
}
