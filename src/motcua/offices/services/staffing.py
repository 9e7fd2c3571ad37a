"""Filling many posts at once, as when an office begins to use the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.accounts.models import Account
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.kernel.text import clean, fold, name_sort_key
from motcua.offices.events import OfficerAppointed
from motcua.offices.models import Appointment, Officer, Post, Unit
from motcua.offices.queries import UnitIsClosed


@dataclass(frozen=True, kw_only=True)
class Hire:
    """Somebody new in service, and the post they are given."""

    account: Account
    full_name: str
    staff_code: str
    post: Post


@transaction.atomic
def staff_posts(
    *, hires: Sequence[Hire], valid_from: date, at: datetime, actor: str = "system"
) -> list[Officer]:
    """
    Make each of them an officer who holds the post until further notice, in a few statements.

    :raises UnitIsClosed: if a post's unit is not open on the first day
    """
    units = {hire.post.unit_id for hire in hires}
    # Shared with other appointments, but not with a unit's closing.
    opened = Unit.objects.in_force(valid_from).select_for_update(of=("self",), no_key=True)
    if len(opened.filter(pk__in=units)) < len(units):
        raise UnitIsClosed(_("Bộ phận này không hoạt động vào ngày bắt đầu."))
    officers = Officer.objects.bulk_create(
        [
            Officer(
                account=hire.account,
                full_name=clean(hire.full_name),
                folded_name=fold(hire.full_name),
                sort_key=name_sort_key(hire.full_name),
                staff_code=clean(hire.staff_code),
            )
            for hire in hires
        ],
        batch_size=1000,
    )
    appointments = Appointment.objects.bulk_create(
        [
            Appointment(officer=officer, post=hire.post, valid_from=valid_from)
            for officer, hire in zip(officers, hires, strict=True)
        ],
        batch_size=1000,
    )
    ledger.record_all(
        ledger.Entry(
            event=OfficerAppointed(
                appointment_id=appointment.pk,
                post_id=appointment.post_id,
                valid_from=valid_from.isoformat(),
            ),
            subject=Subject("officer", str(appointment.officer_id)),
            actor=actor,
            at=at,
        )
        for appointment in appointments
    )
    return officers
