"""A dossier in the citizen's words: what happens now, who must do what, and how the date came."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.lifecycle import (
    ACCEPTED_STATES,
    CLOSED_STATES,
    COMPLETED_STATES,
    DossierState,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import Entry
from motcua.procedures.definitions import Version
from motcua.web import standing, words

S = DossierState

_ONE_STOP_KINDS = {
    "dossiers.opened",  # over the counter: who files online is a person
    "dossiers.papers-presented",
    "dossiers.accepted",
    "dossiers.refused",
    "dossiers.obligation-discharged",
    "dossiers.result-returned",
}


def asked_by_words(dossier: Dossier) -> str:
    """Return who asks for more papers: before acceptance the counter, after it the agency."""
    if DossierState(dossier.state) in ACCEPTED_STATES:
        return dossier.settling_agency.name
    return standing.place_words(dossier)


def why_not_withdraw(dossier: Dossier) -> str:
    """Return why the applicant cannot withdraw by themselves any more, and whom to ask."""
    if DossierState(dossier.state) in CLOSED_STATES:
        return _("Hồ sơ đã kết thúc.")
    return _("Hồ sơ đã được tiếp nhận. Cần rút, Ông/Bà liên hệ %(place)s.") % {
        "place": standing.place_words(dossier)
    }


def timeline(dossier: Dossier, entries: Sequence[Entry], version: Version) -> list[dict[str, Any]]:
    """Return what happened and what comes, for the page: offices are named, officers are not."""
    moments: list[dict[str, Any]] = [
        {
            "title": entry.title,
            "at": entry.at,
            "text": " · ".join(part for part in (_who(dossier, entry), entry.detail) if part),
            "state": "",
        }
        for entry in entries
    ]
    if dossier.step_key is not None:
        step_unit = dossier.step_unit or dossier.receiving_unit
        waiting = standing.waits_for_applicant(dossier)
        moments.append(
            {
                "title": _waiting_words(dossier)
                if waiting
                else version.steps[dossier.step_key].name,
                "at": None,
                "text": "" if waiting else f"{step_unit.name}, {dossier.settling_agency.name}",
                "state": "now",
            }
        )
        if DossierState(dossier.state) not in COMPLETED_STATES:
            moments.append(
                {
                    "title": _("Trả kết quả"),
                    "at": None,
                    "text": _("Chậm nhất %(due)s") % {"due": words.moment(dossier.due_at)}
                    if dossier.due_at
                    else _("Ngày hẹn có khi hồ sơ được tiếp nhận."),
                    "state": "next",
                }
            )
    return moments


def _waiting_words(dossier: Dossier) -> str:
    if dossier.state == S.AWAITING_OBLIGATION:
        return str(S.AWAITING_OBLIGATION.label)
    return _("Chờ Ông/Bà bổ sung")


def _who(dossier: Dossier, entry: Entry) -> str:
    if entry.actor.startswith("person:"):
        return ""
    if entry.kind in _ONE_STOP_KINDS:
        return dossier.receiving_unit.name
    return dossier.settling_agency.name
