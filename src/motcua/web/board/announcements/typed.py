"""What is typed into the register's boxes, read. Services judge it."""

from datetime import date

from django.http import QueryDict


def posted_day(data: QueryDict, key: str) -> date | None:
    """Return the day in three boxes; None where it is missing or in no calendar."""
    try:
        year, month, day = (int(data.get(f"{key}-{part}", "")) for part in _PARTS)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def typed_day(data: QueryDict, key: str) -> str:
    """Return the three boxes as they were typed, to be shown again."""
    parts = [data.get(f"{key}-{part}", "").strip() for part in _PARTS]
    return "-".join(parts) if any(parts) else ""


def lines_of(typed: str) -> list[str]:
    """Return the codes in a box, one a line or parted by commas, semicolons or spaces."""
    return typed.replace(",", " ").replace(";", " ").split()


_PARTS = ("year", "month", "day")
