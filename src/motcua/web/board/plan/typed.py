"""What is typed into the plan's boxes, read: days and numbers. Services judge the rest."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.plans.services import Incomplete


def posted_day(data: QueryDict, key: str, *, required: bool = True) -> date | None:
    """
    Return the day in three boxes; None where nothing is typed and nothing is needed.

    :raises Incomplete: if it is no day of the calendar, or is missing
    """
    parts = [data.get(f"{key}-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        if required:
            raise Incomplete(_("Hãy ghi đủ ngày, tháng, năm."), key=key)
        return None
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        message = _("Ngày không có trong lịch. Hãy ghi đủ ngày, tháng, năm.")
        raise Incomplete(message, key=key) from None


def required_day(data: QueryDict, key: str) -> date:
    """
    Return the day in three boxes.

    :raises Incomplete: if it is no day of the calendar, or is missing
    """
    day = posted_day(data, key)
    assert day is not None
    return day


def typed_day(data: QueryDict, key: str) -> str:
    """Return the three boxes as they were typed, to be shown again."""
    parts = [data.get(f"{key}-{part}", "").strip() for part in ("year", "month", "day")]
    return "-".join(parts) if any(parts) else ""


def posted_percent(data: QueryDict) -> int:
    """
    Return the percentage that is typed, with or without its sign.

    :raises Incomplete: if it is no whole number
    """
    typed = data.get("percent", "").strip().removesuffix("%").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3):
        raise Incomplete(_("Tiến độ là một số nguyên từ 0 đến 100."), key="percent")
    return int(typed)
