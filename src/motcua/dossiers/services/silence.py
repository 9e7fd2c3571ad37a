"""What follows when an applicant does not answer: a warning, and by the version's rule the end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.dossiers.events import DossierStopped, SilenceWarned
from motcua.dossiers.lifecycle import AWAITING_ANSWER, DossierState
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import answer_rule_of, history_of, open_request_of
from motcua.kernel.clock import CITY_TIME
from motcua.procedures.queries import compiled

from ._acts import close_requests, lapse_pleas, locked, move, note

SYSTEM = "system"


@transaction.atomic
def warn_of_silence(*, dossier_id: UUID, at: datetime) -> bool:
    """Tell the applicant once that the time for the answer runs out. Return whether it was told."""
    dossier = locked(dossier_id)
    if not _is_awaited(dossier) or _was_warned(dossier):
        return False
    _warn(dossier, at=at)
    return True


@transaction.atomic
def stop_for_silence(*, dossier_id: UUID, at: datetime) -> bool:
    """
    End a dossier whose applicant was warned and did not answer. Return whether it ended.

    Only where the version says so. An answer that came first has won; it is this that gives way.
    """
    dossier = locked(dossier_id)
    rule = answer_rule_of(compiled(dossier.version_id))
    if (
        not rule.stops
        or not _is_awaited(dossier)
        or dossier.answer_due_at is None
        or at < dossier.answer_due_at
    ):
        return False
    if not _was_warned(dossier):
        # Nobody loses a dossier unwarned because our own clock slept: warned now, they have as
        # long as a warning gives.
        calendar = calendars.city_calendar(dossier.settling_agency_id)
        dossier.answer_due_at = working.add_worked(calendar, at, rule.warn_before)
        _warn(dossier, at=at)
        return False
    # The record speaks Vietnamese, whoever's language the job was started in.
    with override("vi"):
        reason = _(
            "Hết thời hạn bổ sung (%(due)s) mà cơ quan chưa nhận được giấy tờ đã yêu cầu. "
            "Căn cứ: %(basis)s."
        ) % {
            "due": f"{dossier.answer_due_at.astimezone(CITY_TIME):%H:%M, %d/%m/%Y}",
            "basis": rule.basis.rstrip("."),
        }
    close_requests(dossier, at=at)
    lapse_pleas(dossier, at=at)
    dossier.paused_at = None
    dossier.completed_at = at
    at_intake = dossier.state == DossierState.INTAKE_SUPPLEMENT
    move(
        dossier,
        "stop_intake_for_silence" if at_intake else "stop_for_silence",
        tell=DossierStopped,
        actor=SYSTEM,
        at=at,
        reason=reason,
    )
    return True


def _is_awaited(dossier: Dossier) -> bool:
    return dossier.state in AWAITING_ANSWER and dossier.answer_due_at is not None


def _was_warned(dossier: Dossier) -> bool:
    request = open_request_of(dossier)
    assert request is not None  # one is open in these states
    told = history_of(dossier).filter(kind=SilenceWarned.kind, data__round=request.round)
    return told.exists()


def _warn(dossier: Dossier, *, at: datetime) -> None:
    request = open_request_of(dossier)
    assert request is not None
    assert dossier.answer_due_at is not None
    note(
        dossier,
        tell=SilenceWarned(round=request.round, answer_due_at=dossier.answer_due_at.isoformat()),
        actor=SYSTEM,
        at=at,
    )
