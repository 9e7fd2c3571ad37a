"""A dossier in the citizen's words: what happens now, who must do what, and how the date came."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import queries
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


def silence_words(dossier: Dossier, version: Version) -> list[str]:
    """Return until when an answer is taken and what follows silence, sentence by sentence."""
    if dossier.answer_due_at is None:
        return []
    rule = queries.answer_rule_of(version)
    said = [
        _("Ông/Bà nộp bổ sung trước %(due)s.") % {"due": words.moment(dossier.answer_due_at)},
    ]
    if rule.stops:
        said.append(
            _(
                "Quá hạn mà chưa nộp thì hồ sơ dừng giải quyết, không có kết quả. Khi cần, Ông/Bà "
                "nộp hồ sơ mới. Chúng tôi sẽ nhắc Ông/Bà trước khi hết hạn."
            )
        )
        said.append(_("Căn cứ: %(basis)s") % {"basis": rule.basis})
    else:
        said.append(
            _("Quá hạn thì hồ sơ vẫn chờ, không tự dừng; nhưng nộp càng muộn, kết quả càng muộn.")
        )
        if not rule.basis:
            said.append(_("Thời hạn này do thành phố đặt, vì văn bản chưa quy định."))
    return said


def why_not_withdraw(dossier: Dossier) -> str:
    """Return why the applicant cannot take the dossier back any more."""
    if DossierState(dossier.state) in CLOSED_STATES:
        return _("Hồ sơ đã kết thúc.")
    if DossierState(dossier.state) in COMPLETED_STATES:
        return _("Kết quả đã được ký. Cần hỏi thêm, Ông/Bà liên hệ %(place)s.") % {
            "place": standing.place_words(dossier)
        }
    return _("Ông/Bà đã xin rút hồ sơ. Cơ quan giải quyết đang xem xét và sẽ trả lời ở trang này.")


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
        waiting = _waiting_words(dossier)
        moments.append(
            {
                "title": waiting or version.steps[dossier.step_key].name,
                "at": None,
                "text": ""
                if standing.waits_for_applicant(dossier)
                else f"{step_unit.name}, {dossier.settling_agency.name}",
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
    """Return what a dossier waits for that its unit cannot do anything about; empty if nothing."""
    if dossier.state == S.AWAITING_AGENCY:
        return _("Chờ %(agency)s trả lời") % {"agency": dossier.waits_for}
    if dossier.state in (S.AWAITING_OBLIGATION, S.SUSPENDED):
        return str(S(dossier.state).label)
    return _("Chờ Ông/Bà bổ sung") if standing.waits_for_applicant(dossier) else ""


def _who(dossier: Dossier, entry: Entry) -> str:
    if entry.actor.startswith("person:"):
        return ""
    if entry.kind in _ONE_STOP_KINDS:
        return dossier.receiving_unit.name
    return dossier.settling_agency.name
