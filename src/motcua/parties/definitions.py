"""How a person is written down: numbers, names, and the square on the citizen's card."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.kernel.text import clean

PERSONAL_ID = re.compile(r"[0-9]{12}")
BORN_EARLIEST = date(1900, 1, 1)  # nobody alive is older; a year of three figures is a slip
PHONE = re.compile(r"0[0-9]{9,10}")
_GROUPING = re.compile(r"[\s.()\-]")
_COUNTRY = re.compile(r"\A(?:(?:\+|00)84|84(?=[0-9]{9,10}\Z))")


def normalised_phone(written: str) -> str | None:
    """Return the number as 0xxxxxxxxx, however it was grouped, or None if it is not one."""
    number = _COUNTRY.sub("0", _GROUPING.sub("", written), count=1)
    if number.startswith("00"):  # "+84 (0) 900…"
        number = number[1:]
    return number if PHONE.fullmatch(number) else None


@dataclass(frozen=True, kw_only=True)
class PersonSaid:
    """Who somebody says they are, as it was heard or read from a paper today."""

    full_name: str
    personal_id: str | None  # None: has none, as a foreigner
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


# The tones alone: where in the syllable they stand is a matter of taste (hoà, hòa).
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def same_name(one: str, other: str) -> bool:
    """Return whether two spellings are one name: capitals and the place of a tone say nothing."""
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> list[tuple[str, str]]:
    words = clean(name).casefold().replace("ð", "đ").split()
    decomposed = [unicodedata.normalize("NFD", word) for word in words]
    return [
        (
            "".join(char for char in word if char not in _TONES),
            "".join(sorted(char for char in word if char in _TONES)),
        )
        for word in decomposed
    ]


class NotACitizenCard(ValueError):
    """What was scanned is no citizen's card, or only a part of one; the message says which."""


@dataclass(frozen=True, kw_only=True)
class CitizenCard:
    """
    What the square on a citizen's card says.

    The square is not signed: anybody can print one. It saves typing and proves nothing.
    """

    personal_id: str
    old_id: str
    full_name: str
    born_on: date
    sex: str  # parties.models.Sex
    address: str
    issued_on: date | None


CARD_FIELDS = 7  # number|old number|name|born|sex|address|issued, as read on cards [M]
CARD_CHARACTERS_MAX = 1000
_SEXES = {"nam": "male", "nữ": "female"}
_OLD_ID = re.compile(r"[0-9]{9}|[0-9]{12}")
_DAY = re.compile(r"[0-9]{8}")


def read_card(scanned: str, *, on: date) -> CitizenCard:
    """
    Read what a scanner typed from the square of a citizen's card.

    :raises NotACitizenCard: if any part of it cannot be read as what should stand there
    """
    text_ = clean(scanned[: CARD_CHARACTERS_MAX + 1])
    parts = [part.strip() for part in text_.split("|")]
    if len(text_) > CARD_CHARACTERS_MAX or "|" not in text_:
        raise NotACitizenCard(_("Đây không phải mã QR trên thẻ căn cước. Hãy quét lại hoặc gõ."))
    if not PERSONAL_ID.fullmatch(parts[0]):
        raise NotACitizenCard(_("Mã QR không bắt đầu bằng số định danh 12 chữ số. Hãy quét lại."))
    # Newer cards carry further fields behind; what stands in the first seven is the same.
    if len(parts) < CARD_FIELDS:
        raise NotACitizenCard(_("Mã QR mới đọc được một phần. Hãy quét lại cả mã."))
    number, old, name, born, sex, address, issued = parts[:CARD_FIELDS]
    if old and not _OLD_ID.fullmatch(old):
        raise NotACitizenCard(_("Số giấy tờ cũ trong mã QR không đọc được. Hãy quét lại hoặc gõ."))
    if not _is_name(name):  # a scanner with the wrong alphabet types question marks
        raise NotACitizenCard(_("Họ tên trong mã QR không đọc được. Hãy quét lại hoặc gõ."))
    if sex.casefold() not in _SEXES:
        raise NotACitizenCard(_("Giới tính trong mã QR không đọc được. Hãy quét lại hoặc gõ."))
    born_on = _day_in_card(born)
    if born_on is None or born_on > on:
        raise NotACitizenCard(_("Ngày sinh trong mã QR không đọc được. Hãy quét lại hoặc gõ."))
    issued_on = _day_in_card(issued)
    if issued and (issued_on is None or not born_on <= issued_on <= on):
        raise NotACitizenCard(_("Ngày cấp trong mã QR không đọc được. Hãy quét lại hoặc gõ."))
    return CitizenCard(
        personal_id=number,
        old_id=old,
        full_name=name,
        born_on=born_on,
        sex=_SEXES[sex.casefold()],
        address=address,
        issued_on=issued_on,
    )


def _is_name(written: str) -> bool:
    letters = [char for char in written if unicodedata.category(char)[0] in "LM"]
    return len(letters) > 1 and all(char in letters or char in " '’-." for char in written)


def _day_in_card(written: str) -> date | None:
    if not _DAY.fullmatch(written):
        return None
    try:
        return datetime.strptime(written, "%d%m%Y").date()  # noqa: DTZ007 - a day only
    except ValueError:
        return None
