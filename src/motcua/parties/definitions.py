"""How a personal number and a telephone number are written."""

import re
from datetime import date

from django.utils.translation import gettext as _

# The 63 provinces before 1 July 2025: numbers that begin with their codes stay valid. Codes from
# 100 up are of countries of birth; their list was not found, so none of them is doubted.
# fmt: off
PROVINCE_CODES = frozenset(f"{code:03}" for code in (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
))
# fmt: on
PERSONAL_ID = re.compile(r"[0-9]{12}")
PHONE = re.compile(r"0[0-9]{9,10}")
_GROUPING = re.compile(r"[\s.()\-]")
_COUNTRY = re.compile(r"\A(?:(?:\+|00)84|84(?=[0-9]{9,10}\Z))")


def normalised_phone(written: str) -> str | None:
    """Return the number as 0xxxxxxxxx, however it was grouped, or None if it is not one."""
    number = _COUNTRY.sub("0", _GROUPING.sub("", written), count=1)
    if number.startswith("00"):  # "+84 (0) 900…"
        number = number[1:]
    return number if PHONE.fullmatch(number) else None


def doubts_about(personal_id: str, *, born_on: date | None = None, sex: str = "") -> list[str]:
    """
    Return what looks odd about a personal number. A doubt is shown, and never a refusal.

    The number has no check digit, and says where a birth was registered, not where somebody
    lives (Decree 137/2015/ND-CP).
    """
    doubts = []
    province, century, year = personal_id[:3], int(personal_id[3]), personal_id[4:6]
    if province < "100" and province not in PROVINCE_CODES:
        doubts.append(_("Ba số đầu không phải là mã của một tỉnh, thành phố."))
    if born_on is not None and f"{19 + century // 2}{year}" != f"{born_on.year}":
        doubts.append(_("Năm sinh trong số định danh khác với ngày sinh đã khai."))
    if sex and ("male", "female")[century % 2] != sex:
        doubts.append(_("Giới tính trong số định danh khác với giới tính đã khai."))
    return doubts
