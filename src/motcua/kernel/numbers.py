"""The numbers people see: dossier codes, look-up secrets, and ids with their middle hidden."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime

# Thông tư 01/2018/TT-VPCP, art. 19: unit code, date of receipt, number of the day. Practice
# drifts (new unit codes, five random digits) and Thông tư 03/2025 sets a format of its own, so
# what is read is wider than what is written.
DOSSIER_CODE = "{unit_code}-{on:%y%m%d}-{n:04d}"
DOSSIER_CODE_READ = re.compile(
    r"(?P<unit_code>[A-Z]\d{2}(?:\.\d{1,3})*|\d{3}(?:\.\d{2,3}){1,3}\.[A-Z]\d{2})"
    r"-(?P<on>\d{6})-(?P<serial>\d{4,6})",
    re.ASCII,
)

# For secrets, Crockford's base 32: no letter that is misread, nor U, which spells things.
READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011", " -")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


class NotADossierCode(ValueError):
    """The text does not have the form of a dossier code."""


class NotASecret(ValueError):
    """The text holds characters that no look-up secret has."""


@dataclass(frozen=True, kw_only=True)
class DossierCode:
    """A dossier code, taken apart."""

    unit_code: str
    on: date
    serial: str

    def __str__(self) -> str:
        return f"{self.unit_code}-{self.on:%y%m%d}-{self.serial}"


def dossier_code(unit_code: str, on: date, n: int) -> str:
    """Return the code of the n-th dossier that a unit received on a day."""
    return DOSSIER_CODE.format(unit_code=unit_code, on=on, n=n)


def parse_dossier_code(text: str) -> DossierCode:
    """
    Read a code as people type it: small letters, spaces and any kind of dash.

    :raises NotADossierCode: if it has another form, or its date is none
    """
    found = DOSSIER_CODE_READ.fullmatch("".join(text.translate(_DASHES).upper().split()))
    if found is None:
        raise NotADossierCode(text)
    try:
        on = datetime.strptime(found["on"], "%y%m%d").date()  # noqa: DTZ007 - a day only
    except ValueError as error:
        raise NotADossierCode(text) from error
    return DossierCode(unit_code=found["unit_code"], on=on, serial=found["serial"])


def random_secret(length: int = 8) -> str:
    """Return a secret that nobody can guess and everybody can read out: five bits a character."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def read_secret(text: str) -> str:
    """
    Return the secret somebody typed, forgiving case, spaces, dashes, and O, I, L for 0, 1, 1.

    :raises NotASecret: if other characters remain
    """
    secret = "".join(text.translate(_DASHES).upper().split()).translate(_MISREAD)
    if not secret or set(secret) - set(READABLE):
        raise NotASecret
    return secret


def mask_personal_id(personal_id: str) -> str:
    """Hide the part of an id that tells sex, age and person: `092*******89`."""
    # The province shows in twelve digits only; the nine of the old card mean nothing by place.
    return _mask(personal_id, first=3 if len(personal_id) == 12 else 0, last=2)


def mask_phone(phone: str) -> str:
    """Hide the middle of a telephone number: `090****678`."""
    return _mask(phone, first=3, last=3) if len(phone) >= 9 else _mask(phone, first=0, last=2)


def _mask(text: str, *, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
