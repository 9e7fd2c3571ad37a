"""What a delay asks for and who may give it: a cause, an apology, more time. The moment decides."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.calendars import queries as calendars
from motcua.dossiers.definitions import worked_before
from motcua.dossiers.lifecycle import CLOSED_STATES, COMPLETED_STATES, DossierState
from motcua.dossiers.models import DelayCause, Dossier, Extension
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate
from motcua.procedures.definitions import Version

from .acts import NotAllowed, NotTheHolder, NotYourRole, Standing, TheStateForbidsIt

LATENESS_ACTS = {
    "state_cause": gettext_lazy("Ghi nguyên nhân trễ"),
    "apologise": gettext_lazy("Xin lỗi và hẹn lại"),
    "extend": gettext_lazy("Gia hạn"),
}


class NotLate(NotAllowed):
    """Nothing is late or about to be, so there is nothing to explain."""


class CauseIsMissing(NotAllowed):
    """A delay is explained before anybody apologises for it or decides."""


class AlreadyPromised(NotAllowed):
    """An agency promises a new date once (Decree 61/2018)."""


class NoExtensionLeft(NotAllowed):
    """The procedure knows of no extension, or it was used."""


def is_late(dossier: Dossier, *, at: datetime) -> bool:
    """
    Return whether the result came, or is still to come, after its due moment.

    While the clock is paused time does not count, so a dossier is late if it was when it paused.
    """
    end = dossier.completed_at or dossier.paused_at or at
    return dossier.due_at is not None and end > dossier.due_at


def check_lateness_act(
    verb: str, mandate: Mandate, dossier: Dossier, version: Version, *, at: datetime
) -> None:
    """
    Stop an officer who may not do this about the delay now.

    :raises NotAllowed: one of its kinds, with the reason
    """
    {"state_cause": _check_cause, "apologise": _check_apology, "extend": _check_extension}[verb](
        mandate, dossier, version, at
    )


def check_cause_is_stated(dossier: Dossier, *, at: datetime) -> None:
    """
    Stop an act that a delay must be explained before.

    :raises CauseIsMissing: if the dossier is late and nobody has said why
    """
    if is_late(dossier, at=at) and not _cause_stands(dossier):
        raise CauseIsMissing(_("Hồ sơ đã trễ hạn. Hãy ghi nguyên nhân trễ trước."))


def lateness_standings_of(
    mandate: Mandate, dossier: Dossier, version: Version, *, at: datetime
) -> list[Standing]:
    """
    Return what may be done about a delay, each allowed or with the reason why not.

    Of a dossier that is well in time only the extension is spoken of, and only where the law
    knows one.
    """
    if not mandate.roles & {PostRole.LEADER, PostRole.PROCESSOR} or dossier.due_at is None:
        return []
    pressing = _is_late_or_about_to_be(dossier, at)
    standings = []
    for verb, name in LATENESS_ACTS.items():
        if verb != "state_cause" and PostRole.LEADER not in mandate.roles:
            continue
        is_spoken_of = pressing and (verb != "state_cause" or not _is_closed_to(mandate, dossier))
        if not is_spoken_of and not (verb == "extend" and version.extension is not None):
            continue
        why_not = ""
        try:
            check_lateness_act(verb, mandate, dossier, version, at=at)
        except NotAllowed as refusal:
            why_not = str(refusal)
        standings.append(Standing(verb=verb, name=str(name), allowed=not why_not, why_not=why_not))
    return standings


def _check_cause(mandate: Mandate, dossier: Dossier, version: Version, at: datetime) -> None:
    if not _is_late_or_about_to_be(dossier, at):
        raise NotLate(_("Hồ sơ chưa trễ hạn nên chưa cần ghi nguyên nhân."))
    if _leads(mandate, dossier):
        return
    if dossier.completed_at is not None or _cause_stands(dossier):
        raise NotYourRole(_("Nguyên nhân đã ghi chỉ do lãnh đạo cơ quan giải quyết đính chính."))
    if dossier.holder_id != mandate.officer_id:
        raise NotTheHolder(
            _("Nguyên nhân trễ do người đang xử lý hồ sơ hoặc lãnh đạo cơ quan giải quyết ghi.")
        )


def _check_apology(mandate: Mandate, dossier: Dossier, version: Version, at: datetime) -> None:
    if dossier.state in COMPLETED_STATES or dossier.state in CLOSED_STATES:
        raise TheStateForbidsIt(
            _("Hồ sơ đã kết thúc: %(state)s.") % {"state": DossierState(dossier.state).label}
        )
    if dossier.paused_at is not None:
        raise TheStateForbidsIt(_("Đồng hồ đang dừng. Hãy hẹn lại khi hồ sơ được xử lý tiếp."))
    if not _is_late_or_about_to_be(dossier, at):
        raise NotLate(_("Hồ sơ chưa trễ hạn nên chưa cần xin lỗi."))
    if not _leads(mandate, dossier):
        raise NotYourRole(_not_the_leaders(dossier))
    if dossier.promised_at is not None:
        raise AlreadyPromised(_("Đã xin lỗi và hẹn lại. Mỗi hồ sơ chỉ được hẹn lại một lần."))
    if not _cause_stands(dossier):
        raise CauseIsMissing(_("Hãy ghi nguyên nhân trễ trước khi xin lỗi."))


def _check_extension(mandate: Mandate, dossier: Dossier, version: Version, at: datetime) -> None:
    if dossier.state in COMPLETED_STATES or dossier.state in CLOSED_STATES:
        raise TheStateForbidsIt(
            _("Hồ sơ đã kết thúc: %(state)s.") % {"state": DossierState(dossier.state).label}
        )
    if version.extension is None:
        raise NoExtensionLeft(_("Thủ tục này không được gia hạn."))
    if dossier.paused_at is not None:
        raise TheStateForbidsIt(_("Đồng hồ đang dừng. Hãy gia hạn khi hồ sơ được xử lý tiếp."))
    if not _leads(mandate, dossier):
        raise NotYourRole(_not_the_leaders(dossier))
    if dossier.due_at is None or at >= dossier.due_at:
        raise TheStateForbidsIt(_("Chỉ được gia hạn trước khi hồ sơ đến hạn."))
    if Extension.objects.filter(dossier=dossier).count() >= version.extension.times:
        raise NoExtensionLeft(_("Hồ sơ đã được gia hạn đủ số lần cho phép."))


def _is_late_or_about_to_be(dossier: Dossier, at: datetime) -> bool:
    # An apology should reach the applicant no later than the day it is about.
    if dossier.due_at is None or is_late(dossier, at=at):
        return dossier.due_at is not None
    if dossier.completed_at is not None or dossier.paused_at is not None:
        return False
    lead = timedelta(hours=settings.APOLOGY_HOURS_BEFORE)
    calendar = calendars.city_calendar(dossier.settling_agency_id)
    return at >= worked_before(calendar, dossier.due_at, lead)


def _is_closed_to(mandate: Mandate, dossier: Dossier) -> bool:
    # An explained dossier that has left asks nothing more of those who do not lead.
    return dossier.completed_at is not None and not _leads(mandate, dossier)


def _cause_stands(dossier: Dossier) -> bool:
    return DelayCause.objects.filter(dossier=dossier, superseded_at=None).exists()


def _leads(mandate: Mandate, dossier: Dossier) -> bool:
    return any(
        post.role == PostRole.LEADER and post.agency_id == dossier.settling_agency_id
        for post in mandate.posts
    )


def _not_the_leaders(dossier: Dossier) -> str:
    return _("Việc này của lãnh đạo thuộc %(where)s.") % {"where": dossier.settling_agency.name}
