"""Wrong pairs of code and secret are counted, so that nobody can guess for long."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import LookupFailure
from motcua.dossiers.queries import LOOKUP_WINDOW, lookup_mark


@transaction.atomic
def note_failed_lookup(*, code: str, address: str, at: datetime) -> None:
    """Remember for a while that somebody gave a wrong pair."""
    LookupFailure.objects.create(
        code_mark=lookup_mark("code", code), address_mark=lookup_mark("address", address), at=at
    )


@transaction.atomic
def forget_failed_lookups(*, at: datetime) -> int:
    """Throw away what no longer counts against anybody; return how many."""
    count, _by_model = LookupFailure.objects.filter(at__lte=at - LOOKUP_WINDOW).delete()
    return count
