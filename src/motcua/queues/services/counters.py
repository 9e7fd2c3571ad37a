"""Sitting down at a counter, and leaving it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.queues.events import CounterLeft, CounterTaken
from motcua.queues.lifecycle import AT_COUNTER
from motcua.queues.models import Counter, Ticket
from motcua.queues.policies import NotAllowed, check_serves_at, is_of_day

COUNTERS_MOST = 99


class NoSuchCounterNumber(NotAllowed):
    """Counters are numbered from one on."""


class CounterIsTaken(NotAllowed):
    """A colleague is serving somebody at that counter."""


class StillServing(NotAllowed):
    """The officer has somebody at the counter that is to be left."""


@transaction.atomic
def take_counter(*, mandate: Mandate, unit_id: int, number: int, at: datetime) -> Counter:
    """
    Sit down at a counter of one's unit; the one held before is free again.

    :raises NotAtThisUnit: if the officer is no receiver there
    :raises NoSuchCounterNumber: if the number is none
    :raises CounterIsTaken: if a colleague is serving somebody there today
    :raises StillServing: if somebody stands at the officer's present counter
    """
    check_serves_at(mandate, unit_id)
    if not 1 <= number <= COUNTERS_MOST:
        raise NoSuchCounterNumber(_("Số quầy phải từ 1 đến %(most)s.") % {"most": COUNTERS_MOST})
    Counter.objects.bulk_create(
        [Counter(unit_id=unit_id, number=number)],
        ignore_conflicts=True,
    )
    # Both in one order, so that two who change places do not wait for each other.
    mine_or_wanted = Q(officer_id=mandate.officer_id) | Q(unit_id=unit_id, number=number)
    held = {
        counter.pk: counter
        for counter in Counter.objects.select_for_update(of=("self",))
        .filter(mine_or_wanted)
        .order_by("pk")
    }
    return _sit_down(held, mandate, unit_id, number, at)


def _sit_down(
    held: dict[int, Counter], mandate: Mandate, unit_id: int, number: int, at: datetime
) -> Counter:
    [wanted] = [c for c in held.values() if (c.unit_id, c.number) == (unit_id, number)]
    if wanted.officer_id == mandate.officer_id and is_of_day(wanted.seated_at, day_of(at)):
        return wanted
    busy = set(
        Ticket.objects.filter(
            counter__in=list(held), state__in=AT_COUNTER, on=day_of(at)
        ).values_list("counter_id", flat=True)
    )
    if wanted.pk in busy and wanted.officer_id != mandate.officer_id:
        raise CounterIsTaken(
            _("Quầy %(number)s đang có người phục vụ. Hãy chọn quầy khác.") % {"number": number}
        )
    for counter in held.values():
        if counter is not wanted and counter.officer_id == mandate.officer_id:
            if counter.pk in busy:
                raise StillServing(_("Hãy kết thúc lượt đang phục vụ trước khi đổi quầy."))
            counter.officer_id = None
            counter.save(update_fields=["officer"])
    wanted.officer_id = mandate.officer_id
    wanted.seated_at = at
    wanted.save(update_fields=["officer", "seated_at"])
    ledger.record(
        CounterTaken(unit=unit_id, number=number),
        subject=wanted.subject,
        actor=mandate.actor,
        at=at,
    )
    return wanted


@transaction.atomic
def leave_counter(*, mandate: Mandate, at: datetime) -> None:
    """
    Get up from one's counter; without one, nothing happens.

    :raises StillServing: if somebody stands there
    """
    counter = (
        Counter.objects.select_for_update(of=("self",))
        .filter(officer_id=mandate.officer_id)
        .first()
    )
    if counter is None:
        return
    if Ticket.objects.filter(counter=counter, state__in=AT_COUNTER, on=day_of(at)).exists():
        raise StillServing(_("Hãy kết thúc lượt đang phục vụ trước khi rời quầy."))
    counter.officer_id = None
    counter.save(update_fields=["officer"])
    ledger.record(
        CounterLeft(unit=counter.unit_id, number=counter.number),
        subject=counter.subject,
        actor=mandate.actor,
        at=at,
    )
