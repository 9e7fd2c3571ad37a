"""The end of an officer's shift at a counter: papers passed on, money counted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from motcua.dossiers.events import ShiftHandedOver
from motcua.dossiers.models import CounterIntake, FeeNoteLine, ShiftHandOver
from motcua.dossiers.policies import NotYourRole, check_receives_at
from motcua.dossiers.queries import shift_begun_at
from motcua.kernel import money, text
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate

REASON_CHARACTERS_MAX = 2000


class DifferenceNeedsAReason(Exception):
    """What was counted is not what was noted, and nobody has said why."""


@transaction.atomic
def hand_over_shift(
    *,
    shift_id: UUID,
    mandate: Mandate,
    unit_id: int,
    counted_dong: int,
    reason: str = "",
    at: datetime,
) -> ShiftHandOver:
    """
    Close the shift: everything this officer took in there since the last one belongs to it.

    `shift_id` is the form's own key: handing over twice with it is handing over once.

    :raises NotYourRole: if the officer is no receiver of the unit, or the key is a colleague's
    :raises DifferenceNeedsAReason: if the cash differs from the notes, without a reason
    """
    check_receives_at(mandate, unit_id)
    reason = text.clean_lines(reason)[:REASON_CHARACTERS_MAX]
    shift, is_new = ShiftHandOver.objects.get_or_create(
        pk=shift_id,
        defaults={
            "officer_id": mandate.officer_id,
            "unit_id": unit_id,
            "begun_at": shift_begun_at(mandate.officer_id, unit_id, at=at),
            "handed_at": at,
            # Until it is known what belongs to the shift, nothing was noted and nothing counted.
            "noted_dong": 0,
            "counted_dong": 0,
        },
    )
    if not is_new:
        if (shift.officer_id, shift.unit_id) != (mandate.officer_id, unit_id):
            raise NotYourRole(_("Ca này của cán bộ khác."))
        return shift
    # What another window takes in meanwhile is not among these rows, and waits for the next shift.
    count = CounterIntake.objects.filter(
        taken_by_id=mandate.officer_id, unit_id=unit_id, shift=None
    ).update(shift=shift)
    lines = FeeNoteLine.objects.filter(
        dossier__in=CounterIntake.objects.filter(shift=shift).values("dossier_id")
    )
    noted = lines.aggregate(sum=Sum("collected_dong"))["sum"] or 0
    if counted_dong != noted and not reason:
        raise DifferenceNeedsAReason(
            _("Số đếm được khác số đã ghi (%(noted)s). Hãy ghi rõ lý do.")
            % {"noted": money.format_dong(noted)}
        )
    shift.noted_dong, shift.counted_dong, shift.reason = noted, counted_dong, reason
    shift.save(update_fields=["noted_dong", "counted_dong", "reason"])
    ledger.record(
        ShiftHandedOver(
            unit=unit_id,
            dossiers=count,
            noted_dong=noted,
            counted_dong=counted_dong,
            reason=reason,
        ),
        subject=shift.subject,
        actor=mandate.actor,
        at=at,
    )
    return shift
