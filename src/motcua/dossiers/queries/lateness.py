"""What is on record of a delay: where the dossier stood, its cause, its apology, its extensions."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from motcua.dossiers.events import DossierSentBack, OutcomeProposed
from motcua.dossiers.models import Apology, DelayCause, Dossier, Extension

from .history import history_of


class Stand(NamedTuple):
    """Where a dossier stood at a moment, and with whom."""

    step_key: str
    unit_id: int
    holder_id: int | None


def standing_cause_of(dossier: Dossier) -> DelayCause | None:
    """Return the cause that stands, if one was stated."""
    return (
        DelayCause.objects.filter(dossier=dossier, superseded_at=None)
        .select_related("stated_by")
        .first()
    )


def explained_among(dossier_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these dossiers have a cause that stands."""
    causes = DelayCause.objects.filter(dossier_id__in=list(dossier_ids), superseded_at=None)
    return set(causes.values_list("dossier_id", flat=True))


def causes_of(dossier: Dossier) -> list[DelayCause]:
    """Return every cause that was stated, the first one first."""
    return list(
        DelayCause.objects.filter(dossier=dossier).select_related("stated_by").order_by("pk")
    )


def apology_of(dossier: Dossier) -> Apology | None:
    """Return the apology, if one was signed."""
    if dossier.promised_at is None:
        return None
    return Apology.objects.filter(dossier=dossier).select_related("signed_by", "cause").first()


def extensions_of(dossier: Dossier) -> list[Extension]:
    """Return every extension, in order."""
    return list(Extension.objects.filter(dossier=dossier).order_by("number"))


def stood_at(dossier: Dossier, at: datetime) -> Stand | None:
    """Return where the dossier stood at that moment by its history, or None if nowhere yet."""
    stand: Stand | None = None
    proposer: int | None = None
    for event in history_of(dossier).filter(occurred_at__lte=at):
        told = event.data
        if "to_state" not in told or told["step"] is None:
            continue
        if event.kind == OutcomeProposed.kind:
            proposer = int(event.actor.removeprefix("officer:"))
        if "holder" in told:
            holder = told["holder"]
        elif event.kind == DossierSentBack.kind:  # long ago it did not say to whom
            holder = proposer
        elif stand is not None and told["step"] == stand.step_key:
            holder = stand.holder_id
        else:
            holder = None
        stand = Stand(told["step"], told["unit"], holder)
    return stand
