"""Everything that changes what we know of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.kernel.clock import day_of
from motcua.kernel.copying import copy_rows
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import clean, fold, name_sort_key

from .definitions import BORN_EARLIEST, PERSONAL_ID, PersonSaid, normalised_phone, same_name
from .events import PersonRegistered
from .models import Person, Sex

__all__ = [
    "AccountHasAPerson",
    "KnownPerson",
    "PersonalIdTaken",
    "UnusablePersonData",
    "copy_people",
    "find_or_register_person",
    "register_person",
]

PERSON_COLUMNS = (
    "id", "full_name", "folded_name", "sort_key", "personal_id", "born_on", "sex", "phone",
    "address", "email",
)  # fmt: skip


class UnusablePersonData(Exception):
    """Some of what was said of a person cannot be written down; `problems` says it by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


class PersonalIdTaken(Exception):
    """A personal number belongs to one person."""


class AccountHasAPerson(Exception):
    """An account speaks for one person."""


@transaction.atomic
def register_person(
    *,
    account: Account | None = None,
    full_name: str,
    personal_id: str | None = None,
    born_on: date | None = None,
    sex: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    at: datetime,
    actor: str = "system",
) -> Person:
    """
    Write down who somebody is. What looks odd about a personal number is no reason to refuse.

    :raises UnusablePersonData: naming every field that cannot be taken as it is
    :raises PersonalIdTaken: if the personal number belongs to somebody else
    :raises AccountHasAPerson: if the account speaks for somebody already
    """
    person = Person(
        account=account,
        full_name=clean(full_name),
        personal_id=clean(personal_id or "") or None,
        born_on=born_on,
        sex=sex,
        phone=phone.strip(),
        email=email.strip(),
        address=clean(address),
    )
    if problems := _problems(person, today=day_of(at)):
        raise UnusablePersonData(problems)
    person.phone = normalised_phone(person.phone) or ""
    person.folded_name = fold(person.full_name)
    person.sort_key = name_sort_key(person.full_name)
    _insert(person)
    ledger.record(PersonRegistered(), subject=Subject("person", str(person.pk)), actor=actor, at=at)
    return person


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """Somebody as the city knows them, beside what was said of them today."""

    person: Person
    differences: Mapping[str, str] = field(default_factory=dict)  # field → as it was said


@transaction.atomic
def find_or_register_person(*, said: PersonSaid, at: datetime, actor: str) -> KnownPerson:
    """
    Return the person of that number, or write down one that nobody knew yet.

    What is known of somebody is never overwritten from here: what was said otherwise is returned
    beside it. Somebody without a number is always somebody new.

    :raises UnusablePersonData: naming every field that cannot be taken as it is
    """
    if problems := _problems(_person_of(said), today=day_of(at)):
        raise UnusablePersonData(problems)
    number = clean(said.personal_id or "")
    known = Person.objects.filter(personal_id=number).first() if number else None
    if known is None:
        try:
            return KnownPerson(person=_register(said, at=at, actor=actor))
        except PersonalIdTaken:
            # Another counter wrote the same person down a moment ago.
            known = Person.objects.get(personal_id=number)
    return KnownPerson(person=known, differences=_differences(known, said))


def _person_of(said: PersonSaid) -> Person:
    return Person(
        full_name=clean(said.full_name),
        personal_id=clean(said.personal_id or "") or None,
        born_on=said.born_on,
        sex=said.sex,
        phone=said.phone.strip(),
        email=said.email.strip(),
        address=clean(said.address),
    )


def _register(said: PersonSaid, *, at: datetime, actor: str) -> Person:
    return register_person(
        full_name=said.full_name,
        personal_id=said.personal_id,
        born_on=said.born_on,
        sex=said.sex,
        phone=said.phone,
        email=said.email,
        address=said.address,
        at=at,
        actor=actor,
    )


def _differences(known: Person, said: PersonSaid) -> dict[str, str]:
    told = _person_of(said)
    told.phone = normalised_phone(told.phone) or ""
    differences = {}
    if not same_name(known.full_name, told.full_name):
        differences["full_name"] = told.full_name
    if told.born_on is not None and told.born_on != known.born_on:
        differences["born_on"] = told.born_on.isoformat()
    if clean(told.address).casefold() not in ("", known.address.casefold()):
        differences["address"] = told.address
    for name in ("sex", "phone", "email"):
        if getattr(told, name) not in ("", getattr(known, name)):
            differences[name] = getattr(told, name)
    return differences


@transaction.atomic
def copy_people(*, people: Sequence[bytes]) -> None:
    """
    Write down many people at once, in rows of `kernel.copying`.

    The caller keeps names in the form that `register_person` keeps, and appends their chains.
    """
    copy_rows("person", PERSON_COLUMNS, people)


def _problems(person: Person, *, today: date) -> dict[str, str]:
    problems = {}
    if not person.full_name:
        problems["full_name"] = _("Vui lòng nhập họ và tên.")
    elif len(person.full_name) > 150:
        problems["full_name"] = _("Họ và tên dài tối đa 150 ký tự.")
    elif not any(char.isalpha() for char in person.full_name):
        problems["full_name"] = _("Họ và tên cần có chữ cái.")
    if person.personal_id is not None and not PERSONAL_ID.fullmatch(person.personal_id):
        problems["personal_id"] = _("Số định danh cá nhân gồm đúng 12 chữ số.")
    if person.born_on is not None and person.born_on > today:
        problems["born_on"] = _("Ngày sinh không thể sau ngày hôm nay.")
    if person.born_on is not None and person.born_on < BORN_EARLIEST:
        problems["born_on"] = _("Hãy kiểm tra năm sinh: từ năm 1900 trở lại đây.")
    if person.sex and person.sex not in Sex.values:
        problems["sex"] = _("Vui lòng chọn Nam hoặc Nữ.")
    if person.phone and normalised_phone(person.phone) is None:
        problems["phone"] = _("Số điện thoại gồm 10 hoặc 11 chữ số và bắt đầu bằng số 0 hoặc +84.")
    if person.email and not _is_email(person.email):
        problems["email"] = _("Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@vidu.vn.")
    if len(person.address) > 300:
        problems["address"] = _("Địa chỉ dài tối đa 300 ký tự.")
    return problems


def _is_email(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return len(written) <= 254


def _insert(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        taken = Person.objects.filter(personal_id=person.personal_id)
        if person.personal_id is not None and taken.exists():
            raise PersonalIdTaken(_("Số định danh cá nhân này đã được đăng ký.")) from error
        raise AccountHasAPerson(_("Tài khoản này đã có thông tin cá nhân.")) from error
