"""How a personal number and a telephone number are written."""

import re
from datetime import date

from django.utils.translation import gettext as _

# The 63 provinces before 1 July 2025: numbers that begin with their codes stay valid. Codes from
# 100 up are of countries of birth; their list was not found, so none of them is doubted.
PROVINCE_CODES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)
PERSONAL_ID = re.compile(r"[0-9]{12}")
PHONE = re.compile(r"0[0-9]{9,10}")
_GROUPING = re.compile(r"[\s.()\-]")
_COUNTRY = re.compile(r"(\+|00)84|84(?=[0-9]{9,10}$)")


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
