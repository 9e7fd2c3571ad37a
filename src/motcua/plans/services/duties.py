"""Telling how far a duty is, proving it, and confirming it or sending it back."""

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.models import StoredFile
from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.plans.definitions import EvidenceForm
from motcua.plans.events import (
    DutyAccepted,
    DutyClosed,
    DutyReported,
    DutySentBack,
    EvidenceAttached,
)
from motcua.plans.lifecycle import DUTY_LIFECYCLE, DutyState
from motcua.plans.models import Duty, Evidence
from motcua.plans.policies import (
    check_is_proved,
    check_may_judge,
    check_may_report,
    check_state_allows,
)

from ._acts import Incomplete, locked_duty, move_duty, said

# A page of this system: nothing that a browser would take for another host or a step upwards.
_PATH = re.compile(r"/(?![/\\])[\w\-./?=&%:+,]*", re.ASCII)


@transaction.atomic
def report_duty(*, duty_id: int, mandate: Mandate, percent: int, words: str, at: datetime) -> Duty:
    """
    Tell how far the duty is, in percent and in words.

    :raises NotTheOwner: if it is another agency's
    :raises HasMovedOn: if it is done already
    :raises Incomplete: if the percentage is none, or nothing is said
    """
    duty, plan = locked_duty(duty_id)
    check_may_report(mandate, plan, duty)
    if not 0 <= percent <= 100:
        raise Incomplete(_("Tiến độ là một số nguyên từ 0 đến 100."), key="percent")
    duty.words = said(words, _("Hãy ghi kết quả đã làm được trong kỳ."))
    duty.percent = percent
    duty.reported_at, duty.reported_by_id = at, mandate.officer_id
    move_duty(duty, "report", tell=DutyReported, words=duty.words, mandate=mandate, at=at)
    return duty


@transaction.atomic
def attach_file(
    *, duty_id: int, mandate: Mandate, title: str, file: StoredFile, at: datetime
) -> Evidence:
    """
    Put a file that was handed in beside the duty.

    :raises NotTheOwner: if it is another agency's
    :raises HasMovedOn: if it is done already
    :raises Incomplete: if the file is not said to be anything, or was handed in by somebody else
    """
    if file.stored_by_id != mandate.account_id:
        raise Incomplete(_("Hãy tải tệp lên lại."), key="file")
    return _attach(duty_id, mandate, title, Evidence(form=EvidenceForm.FILE, file=file), at=at)


@transaction.atomic
def attach_figure(
    *, duty_id: int, mandate: Mandate, title: str, path: str, as_of: date, at: datetime
) -> Evidence:
    """
    Put a page of this system beside the duty, with the day of the figure there.

    :raises NotTheOwner: if it is another agency's
    :raises HasMovedOn: if it is done already
    :raises Incomplete: if the address leads elsewhere, or the day is yet to come
    """
    path = path.strip()
    if not _PATH.fullmatch(path) or ".." in path or len(path) > 300:
        raise Incomplete(
            _("Đường dẫn phải là một trang của hệ thống này, bắt đầu bằng dấu “/”."), key="path"
        )
    if as_of > day_of(at):
        raise Incomplete(_("Ngày của số liệu không thể ở tương lai."), key="as_of")
    return _attach(
        duty_id,
        mandate,
        title,
        Evidence(form=EvidenceForm.LINK, path=path, as_of=as_of),
        at=at,
    )


@transaction.atomic
def attach_document(
    *, duty_id: int, mandate: Mandate, title: str, number: str, issued_on: date, at: datetime
) -> Evidence:
    """
    Put the number and day of an official document beside the duty.

    :raises NotTheOwner: if it is another agency's
    :raises HasMovedOn: if it is done already
    :raises Incomplete: if there is no number, or the day is yet to come
    """
    number = said(number, _("Hãy ghi số văn bản."), key="number", longest=100)
    if issued_on > day_of(at):
        raise Incomplete(_("Ngày văn bản không thể ở tương lai."), key="issued_on")
    return _attach(
        duty_id,
        mandate,
        title,
        Evidence(form=EvidenceForm.DOCUMENT, document_number=number, document_on=issued_on),
        at=at,
    )


def _attach(
    duty_id: int, mandate: Mandate, title: str, evidence: Evidence, *, at: datetime
) -> Evidence:
    duty, plan = locked_duty(duty_id)
    check_may_report(mandate, plan, duty)
    # What may still be reported may still be proved.
    check_state_allows(DUTY_LIFECYCLE, "report", duty.state, duty.lifecycle_state.label)
    evidence.title = said(
        text.clean(title), _("Hãy ghi minh chứng này là gì."), key="title", longest=200
    )
    evidence.duty = duty
    evidence.added_at, evidence.added_by_id = at, mandate.officer_id
    evidence.save(force_insert=True)
    duty.evidence_count += 1
    duty.save(update_fields=["evidence_count"])
    ledger.record(
        EvidenceAttached(form=str(evidence.form), title=evidence.title),
        subject=duty.subject,
        actor=mandate.actor,
        at=at,
    )
    return evidence


@transaction.atomic
def accept_duty(*, duty_id: int, mandate: Mandate, words: str = "", at: datetime) -> Duty:
    """
    Confirm what was reported. If that is all of it, the duty is done; else the rest is still owed.

    :raises NotTheKeeper: if the officer neither keeps the plan nor leads the city
    :raises NotASecondPerson: if the officer reported it
    :raises HasMovedOn: if nothing is reported that waits
    :raises EvidenceIsMissing: if all of it is said to be done, and nothing proves it
    """
    duty, plan = locked_duty(duty_id)
    check_state_allows(DUTY_LIFECYCLE, "accept", duty.state, duty.lifecycle_state.label)
    check_may_judge(mandate, plan, duty)
    duty.judgement = text.clean_lines(words)[:2000]
    duty.judged_at, duty.judged_by_id = at, mandate.officer_id
    if duty.percent < 100:
        move_duty(duty, "accept", tell=DutyAccepted, words=duty.judgement, mandate=mandate, at=at)
        return duty
    check_is_proved(duty)
    duty.done_at = at
    move_duty(duty, "close", tell=DutyClosed, words=duty.judgement, mandate=mandate, at=at)
    assert duty.state == DutyState.DONE
    return duty


@transaction.atomic
def send_back_duty(*, duty_id: int, mandate: Mandate, words: str, at: datetime) -> Duty:
    """
    Send a report back, saying what is missing.

    :raises NotTheKeeper: if the officer neither keeps the plan nor leads the city
    :raises NotASecondPerson: if the officer reported it
    :raises HasMovedOn: if nothing is reported that waits
    :raises Incomplete: if nothing is said
    """
    duty, plan = locked_duty(duty_id)
    check_state_allows(DUTY_LIFECYCLE, "send_back", duty.state, duty.lifecycle_state.label)
    check_may_judge(mandate, plan, duty)
    duty.judgement = said(words, _("Hãy ghi cần bổ sung điều gì."), longest=2000)
    duty.judged_at, duty.judged_by_id = at, mandate.officer_id
    move_duty(duty, "send_back", tell=DutySentBack, words=duty.judgement, mandate=mandate, at=at)
    return duty
