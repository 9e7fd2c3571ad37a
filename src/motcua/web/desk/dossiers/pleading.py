"""What leaders are asked about a dossier, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Plea, PleaKind
from motcua.offices.queries import officer_names


@dataclass(frozen=True, kw_only=True)
class PleaShown:
    """A plea as it is read: who asks for what and why, and the leader's word once it is there."""

    kind: str
    title: str
    phase: str
    reason: str
    asked_by: str
    asked_at: datetime
    outcome: str
    answer: str
    answered_by: str
    answered_at: datetime | None


def pleas_shown(dossier: Dossier) -> list[PleaShown]:
    """Return everything that leaders were asked about the dossier, in order."""
    return _shown(queries.pleas_of(dossier), dossier)


def plea_beside(kind: PleaKind) -> Callable[[Dossier], dict[str, object]]:
    """Return what the page of an answer shows over its form: the plea that waits."""

    def beside(dossier: Dossier) -> dict[str, object]:
        waiting = [p for p in queries.pleas_of(dossier) if p.kind == kind and p.outcome is None]
        rounds = queries.requests_of(dossier) if kind is PleaKind.FURTHER_ROUND else []
        return {"pleas": _shown(waiting, dossier), "rounds": rounds}

    return beside


def _shown(pleas: Sequence[Plea], dossier: Dossier) -> list[PleaShown]:
    ids = {int(p.asked_by.partition(":")[2]) for p in pleas if p.asked_by.startswith("officer:")}
    names = officer_names(ids) if ids else {}
    return [
        PleaShown(
            kind=plea.kind,
            title=str(PleaKind(plea.kind).label),
            phase=plea.get_phase_display() if plea.kind == PleaKind.FURTHER_ROUND else "",
            reason=plea.reason,
            asked_by=_asker(plea, names, dossier),
            asked_at=plea.asked_at,
            outcome=plea.get_outcome_display() if plea.outcome else "",
            answer=plea.answer,
            answered_by=plea.answered_by.full_name if plea.answered_by else "",
            answered_at=plea.answered_at,
        )
        for plea in pleas
    ]


def _asker(plea: Plea, names: dict[int, str], dossier: Dossier) -> str:
    kind, _colon, pk = plea.asked_by.partition(":")
    if kind == "officer":
        return names.get(int(pk), "")
    for person in (dossier.owner, dossier.submitter):
        if str(person.pk) == pk:
            return person.full_name
    return _("Người nộp")
