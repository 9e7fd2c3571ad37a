"""Whose the delay was by the history: kept by whoever meets the delay first."""

from datetime import datetime

from motcua.dossiers.models import Delay, Dossier
from motcua.dossiers.policies import is_late
from motcua.dossiers.queries import stood_at


def witness_delay(dossier: Dossier, *, at: datetime) -> None:
    """Keep where the dossier stood, and with whom, when it became late."""
    if dossier.due_at is None or not is_late(dossier, at=at):
        return
    stand = stood_at(dossier, dossier.due_at)
    if stand is None:
        return
    Delay.objects.update_or_create(
        dossier=dossier,
        defaults={
            "due_at": dossier.due_at,
            "step_key": stand.step_key,
            "unit_id": stand.unit_id,
            "holder_id": stand.holder_id,
        },
    )
