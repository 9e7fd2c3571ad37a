"""Opening and closing the parts of an agency."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.offices.events import UnitClosed
from motcua.offices.models import Unit
from motcua.offices.queries import NoSuchUnit, UnitIsClosed


class ClosesBeforeItOpens(Exception):
    """A unit cannot end before its first day."""


@transaction.atomic
def close_unit(*, unit: Unit, on: date, at: datetime, actor: str = "system") -> Unit:
    """
    Let the unit take nothing new after its last day, `on`. Its officers finish what they have.

    :raises NoSuchUnit: if it was never there
    :raises UnitIsClosed: if it ends by then already
    :raises ClosesBeforeItOpens: if its first day is later
    """
    locked = Unit.objects.select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if locked is None:
        raise NoSuchUnit(_("Không có bộ phận này."))
    if locked.valid_to is not None and locked.valid_to <= on:
        raise UnitIsClosed(_("Bộ phận này đã ngừng hoạt động trước ngày đã chọn."))
    if on < locked.valid_from:
        raise ClosesBeforeItOpens(_("Ngày ngừng hoạt động phải từ ngày bắt đầu trở đi."))

    locked.valid_to = on
    locked.save(update_fields=["valid_to"])
    ledger.record(
        UnitClosed(valid_to=on.isoformat()),
        subject=Subject("unit", str(locked.pk)),
        actor=actor,
        at=at,
    )
    return locked
