"""What a delay asks for: its cause on record, one apology with a new date, or more time before."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motcua.calendars import queries as calendars
from motcua.calendars.limits import Limit, can_be_counted
from motcua.dossiers import clock
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.definitions import CauseClass
from motcua.dossiers.events import ApologySigned, DelayExplained, DossierExtended
from motcua.dossiers.lifecycle import Paper
from motcua.dossiers.models import Apology, DelayCause, Dossier, Extension
from motcua.dossiers.policies import check_lateness_act
from motcua.dossiers.queries import clock_events_of, limit_of, standing_cause_of
from motcua.kernel.clock import day_of
from motcua.kernel.lifecycle import ClockEffect
from motcua.offices.queries import Mandate
from motcua.procedures.queries import compiled

from ._acts import Incomplete, locked, note, required_text
from ._delays import witness_delay
from ._papers import issue


@transaction.atomic
def state_cause(
    *,
    dossier_id: UUID,
    mandate: Mandate,
    cause: str,
    words: str,
    correction: str = "",
    at: datetime,
) -> Dossier:
    """
    Put on record whose doing the delay is. A leader corrects what was said, with the reason why.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if there is no class, no word of explanation, or no reason to correct
    """
    dossier = locked(dossier_id)
    check_lateness_act("state_cause", mandate, dossier, compiled(dossier.version_id), at=at)
    if cause not in CauseClass.values:
        raise Incomplete(_("Hãy chọn nguyên nhân trễ thuộc về ai."))
    words = required_text(words, _("Hãy ghi rõ vì sao hồ sơ trễ."))
    standing = standing_cause_of(dossier)
    if standing is not None:
        if (standing.cause, standing.words) == (cause, words):
            return dossier  # said twice, as after a second click
        correction = required_text(correction, _("Hãy ghi rõ vì sao đính chính nguyên nhân."))
        standing.superseded_at = at
        standing.save(update_fields=["superseded_at"])
    else:
        correction = ""
    DelayCause.objects.create(
        dossier=dossier,
        cause=cause,
        words=words,
        correction=correction,
        stated_by_id=mandate.officer_id,
        stated_at=at,
    )
    witness_delay(dossier, at=at)
    note(
        dossier,
        tell=DelayExplained(cause=cause, words=words, correction=correction),
        actor=mandate.actor,
        at=at,
    )
    return dossier


@transaction.atomic
def apologise(
    *, dossier_id: UUID, mandate: Mandate, promised_on: date | None, words: str, at: datetime
) -> Dossier:
    """
    Sign the apology (form 04) with one new date. The due moment stays: late is late.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if the date is no working day ahead within the longest time, or unexplained
    """
    dossier = locked(dossier_id)
    check_lateness_act("apologise", mandate, dossier, compiled(dossier.version_id), at=at)
    words = required_text(words, _("Hãy ghi lời xin lỗi và lý do để người dân đọc."))
    cause = standing_cause_of(dossier)
    assert cause is not None  # the policy asked for it
    assert dossier.due_at is not None
    promised_at = _closing_of(
        promised_on, agency_id=dossier.settling_agency_id, at=at, due_at=dossier.due_at
    )
    Apology.objects.create(
        dossier=dossier,
        cause=cause,
        promised_at=promised_at,
        words=words,
        signed_by_id=mandate.officer_id,
        signed_at=at,
    )
    note(
        dossier,
        tell=ApologySigned(
            cause=cause.cause,
            reason=words,
            due_at=dossier.due_at.isoformat(),
            promised_at=promised_at.isoformat(),
        ),
        actor=mandate.actor,
        at=at,
        promised_at=promised_at,
    )
    issue(
        dossier,
        Paper.APOLOGY,
        actor=mandate.actor,
        at=at,
        facts={
            "reason": words,
            "due_at": dossier.due_at.isoformat(),
            "new_due_at": promised_at.isoformat(),
        },
    )
    return dossier


@transaction.atomic
def extend_dossier(
    *, dossier_id: UUID, mandate: Mandate, amount: Fraction, reason: str, at: datetime
) -> Dossier:
    """
    Take more time before the due moment, no more and no more often than the version allows.

    :raises NotAllowed: one of its kinds, if this officer may not do so now
    :raises Incomplete: if no reason is given, or the time is not what the version allows
    """
    dossier = locked(dossier_id)
    version = compiled(dossier.version_id)
    check_lateness_act("extend", mandate, dossier, version, at=at)
    extension = version.extension
    assert extension is not None  # the policy asked for it
    assert dossier.due_at is not None
    reason = required_text(reason, _("Hãy ghi rõ lý do gia hạn."))
    if not 0 < amount <= extension.limit.amount:
        raise Incomplete(
            _("Thời gian gia hạn phải lớn hơn 0 và không quá %(most)s.")
            % {"most": extension.limit.amount}
        )
    if not can_be_counted(amount, extension.limit.unit):
        raise Incomplete(_("Ngày và tháng phải là số nguyên."))
    by = Limit(amount=amount, unit=extension.limit.unit)
    due_after = clock.due_at(
        [*clock_events_of(dossier), ClockEvent(effect=ClockEffect.EXTEND, at=at, by=by)],
        limit=limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=calendars.editions_for(dossier.settling_agency_id),
    )
    made = Extension.objects.create(
        dossier=dossier,
        number=Extension.objects.filter(dossier=dossier).count() + 1,
        reason=reason,
        amount=str(amount),
        unit=by.unit.value,
        due_before=dossier.due_at,
        due_after=due_after,
        granted_by_id=mandate.officer_id,
        granted_at=at,
    )
    note(
        dossier,
        tell=DossierExtended(
            number=made.number,
            amount=made.amount,
            unit=made.unit,
            basis=extension.basis,
            reason=reason,
            due_before=made.due_before.isoformat(),
            due_at=due_after.isoformat(),
        ),
        actor=mandate.actor,
        at=at,
        due_at=due_after,
    )
    return dossier


def _closing_of(on: date | None, *, agency_id: int, at: datetime, due_at: datetime) -> datetime:
    """
    Return when the agency closes on the promised working day.

    :raises Incomplete: if it is none, lies behind, or is further off than the city allows
    """
    calendar = calendars.city_calendar(agency_id)
    if on is None:
        raise Incomplete(_("Hãy ghi ngày hẹn lại."))
    if not calendar.is_working_day(on):
        raise Incomplete(_("Ngày hẹn lại phải là ngày làm việc."))
    promised_at = calendar.closing(on)
    if promised_at <= max(at, due_at):
        raise Incomplete(_("Ngày hẹn lại phải sau hôm nay và sau hạn đã hẹn."))
    if on > day_of(at) + timedelta(days=settings.PROMISE_DAYS_MAX):
        raise Incomplete(
            _("Ngày hẹn lại không được quá %(days)s ngày kể từ hôm nay.")
            % {"days": settings.PROMISE_DAYS_MAX}
        )
    return promised_at
