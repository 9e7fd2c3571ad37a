"""Taking a list out of the system: allowed to whoever may see it, and never unseen."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.events import ListExported
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import Subject
from motcua.offices.queries import Mandate


@transaction.atomic
def record_export(
    *, mandate: Mandate, tab: str, procedure: str, narrowed: bool, at: datetime
) -> None:
    """Put on record that an officer took a list of names out (Decree 13/2023: who read what)."""
    ledger.record(
        ListExported(tab=tab, procedure=procedure, narrowed=narrowed),
        subject=Subject("offices.officer", str(mandate.officer_id)),
        actor=mandate.actor,
        at=at,
    )
