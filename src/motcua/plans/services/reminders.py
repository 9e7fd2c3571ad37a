"""Noting that a reminder was read."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.offices.queries import Mandate
from motcua.plans.definitions import agencies_acted_for
from motcua.plans.models import Reminder


@transaction.atomic
def read_reminders(*, mandate: Mandate, reminder_ids: Collection[int], at: datetime) -> int:
    """Note that reminders of the officer's agencies were read; others do not exist for them."""
    return Reminder.objects.filter(
        pk__in=reminder_ids, agency_id__in=agencies_acted_for(mandate), read_at__isnull=True
    ).update(read_at=at, read_by_id=mandate.officer_id)
