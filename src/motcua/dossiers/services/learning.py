"""Put on a dossier's record what another room learned of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers.events import DossierFact
from motcua.kernel.ledger import events as ledger

from ._acts import locked


@transaction.atomic
def learn(*, dossier_id: UUID, fact: DossierFact, actor: str, at: datetime) -> None:
    """Record a fact that moves nothing: who learned it answers for its being true and told once."""
    dossier = locked(dossier_id)
    ledger.record(fact, subject=dossier.subject, actor=actor, at=at)
