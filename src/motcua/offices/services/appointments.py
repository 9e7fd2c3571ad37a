"""Who becomes an officer, and which posts they hold."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import clean, fold, name_sort_key
from motcua.offices.events import AppointmentEnded, OfficerAppointed, OfficerNameCorrected
from motcua.offices.models import Appointment, Officer, Post, Unit
from motcua.offices.queries import UnitIsClosed


class UnusableOfficerData(Exception):
    """An officer has a name of 1 to 150 characters and a staff code of 1 to 30."""


class OfficerRegisteredAlready(Exception):
    """The account or the staff code belongs to an officer already."""


class AlreadyAppointed(Exception):
    """An officer holds a post once at a time."""


class NoSuchAppointment(Exception):
    """There is no appointment of that number."""


class EndsBeforeItBegins(Exception):
    """An appointment lasts at least a day, and an ended one is not made longer."""


@transaction.atomic
def register_officer(*, account: Account, full_name: str, staff_code: str) -> Officer:
    """
    Make the person behind an account an officer, as yet without any power.

    :raises UnusableOfficerData: if the name or the staff code is empty or too long
    :raises OfficerRegisteredAlready: if the account or the staff code has an officer
    """
    full_name, staff_code = clean(full_name), clean(staff_code)
    _check(full_name, staff_code)
    officer = Officer(
        account=account,
        full_name=full_name,
        folded_name=fold(full_name),
        sort_key=name_sort_key(full_name),
        staff_code=staff_code,
    )
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
    except IntegrityError as error:
        raise OfficerRegisteredAlready(
            _("Tài khoản hoặc mã công chức này đã được đăng ký.")
        ) from error
    return officer


@transaction.atomic
def correct_officer_name(
    *, officer: Officer, full_name: str, at: datetime, actor: str = "system"
) -> Officer:
    """
    Write an officer's name anew, as after a slip or a change of name.

    :raises UnusableOfficerData: if the name is empty or too long
    """
    full_name = clean(full_name)
    _check(full_name, officer.staff_code)
    locked = Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    if locked.full_name == full_name:
        return locked
    locked.full_name = full_name
    locked.folded_name = fold(full_name)
    locked.sort_key = name_sort_key(full_name)
    locked.save(update_fields=["full_name", "folded_name", "sort_key"])
    ledger.record(
        OfficerNameCorrected(), subject=Subject("officer", str(locked.pk)), actor=actor, at=at
    )
    return locked


@transaction.atomic
def appoint(
    *,
    officer: Officer,
    post: Post,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
    actor: str = "system",
) -> Appointment:
    """
    Give an officer a post from one day to another, or until further notice.

    :raises EndsBeforeItBegins: if the last day is before the first
    :raises UnitIsClosed: if the post's unit is not open on the first day
    :raises AlreadyAppointed: if the officer holds that post on one of these days
    """
    if valid_to is not None and valid_to < valid_from:
        raise EndsBeforeItBegins(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    # Shared with other appointments, but not with the unit's closing.
    unit = Unit.objects.in_force(valid_from).select_for_update(of=("self",), no_key=True)
    if not unit.filter(pk=post.unit_id).exists():
        raise UnitIsClosed(_("Bộ phận này không hoạt động vào ngày bắt đầu."))

    Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)
    overlapping = Appointment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), officer=officer, post=post
    )
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    if overlapping.exists():
        raise AlreadyAppointed(_("Người này đã giữ vị trí đó trong thời gian đã chọn."))

    appointment = Appointment(officer=officer, post=post, valid_from=valid_from, valid_to=valid_to)
    appointment.save(force_insert=True)
    ledger.record(
        OfficerAppointed(
            appointment_id=appointment.pk, post_id=post.pk, valid_from=valid_from.isoformat()
        ),
        subject=Subject("officer", str(officer.pk)),
        actor=actor,
        at=at,
    )
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, on: date, at: datetime, actor: str = "system"
) -> Appointment:
    """
    Let an officer leave a post after the last day, `on`.

    :raises NoSuchAppointment: if it was never made
    :raises EndsBeforeItBegins: if it begins later than that day, or ends by then already
    """
    locked = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment.pk).first()
    if locked is None:
        raise NoSuchAppointment(_("Không có quyết định phân công này."))
    if on < locked.valid_from or (locked.valid_to is not None and locked.valid_to <= on):
        raise EndsBeforeItBegins(
            _("Ngày kết thúc phải từ ngày bắt đầu trở đi và trước ngày kết thúc đã ghi.")
        )

    locked.valid_to = on
    locked.save(update_fields=["valid_to"])
    ledger.record(
        AppointmentEnded(appointment_id=locked.pk, post_id=locked.post_id, valid_to=on.isoformat()),
        subject=Subject("officer", str(locked.officer_id)),
        actor=actor,
        at=at,
    )
    return locked


def _check(full_name: str, staff_code: str) -> None:
    if not 0 < len(full_name) <= 150 or not 0 < len(staff_code) <= 30:
        raise UnusableOfficerData(_("Họ tên gồm 1 đến 150 ký tự; mã công chức gồm 1 đến 30 ký tự."))
