"""Deciding what becomes of a change on the national portal: shown here, or not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel.ledger import events
from motcua.kernel.ledger.models import Subject
from motcua.offices.queries import Mandate
from motcua.procedures import queries
from motcua.procedures.events import NationalDifferenceDismissed, NationalDifferencePublished
from motcua.procedures.models import NationalRecord, NationalState
from motcua.procedures.policies import check_may_review


class DifferenceIsGone(Exception):
    """What was to be decided on is no longer there: newer, or decided otherwise."""


@transaction.atomic
def publish_difference(*, code: str, digest: str, mandate: Mandate, at: datetime) -> NationalRecord:
    """
    Show what the national portal says now instead of what it said.

    Told twice, it happens once.

    :raises NotAnAdministrator: if the officer may not
    :raises DifferenceIsGone: if that difference no longer waits, and is not what is shown
    """
    rows = _locked(code)
    check_may_review(mandate)
    pending, published = rows.get(NationalState.PENDING), rows.get(NationalState.PUBLISHED)
    if pending is None or pending.digest != digest:
        if published is not None and published.digest == digest:
            return published
        raise DifferenceIsGone(_("Thay đổi này không còn chờ duyệt. Xin tải lại trang."))
    former = ""
    if published is not None:
        former = published.digest
        published.state = NationalState.SUPERSEDED
        published.save(update_fields=["state"])
    _review(pending, NationalState.PUBLISHED, mandate, at)
    events.record(
        NationalDifferencePublished(code=code, digest=digest, former_digest=former),
        subject=Subject("national-procedure", code),
        actor=mandate.actor,
        at=at,
    )
    queries.forget()
    transaction.on_commit(queries.forget)
    return pending


@transaction.atomic
def dismiss_difference(*, code: str, digest: str, mandate: Mandate, at: datetime) -> NationalRecord:
    """
    Keep what is shown. The same wording is not brought up again by the next list.

    Told twice, it happens once.

    :raises NotAnAdministrator: if the officer may not
    :raises DifferenceIsGone: if that difference neither waits nor was dismissed
    """
    rows = _locked(code)
    check_may_review(mandate)
    pending = rows.get(NationalState.PENDING)
    if pending is None or pending.digest != digest:
        dismissed = (
            NationalRecord.objects.filter(code=code, digest=digest, state=NationalState.DISMISSED)
            .order_by("-id")
            .first()
        )
        if dismissed is not None:
            return dismissed
        raise DifferenceIsGone(_("Thay đổi này không còn chờ duyệt. Xin tải lại trang."))
    _review(pending, NationalState.DISMISSED, mandate, at)
    events.record(
        NationalDifferenceDismissed(code=code, digest=digest),
        subject=Subject("national-procedure", code),
        actor=mandate.actor,
        at=at,
    )
    return pending


def _locked(code: str) -> dict[str, NationalRecord]:
    rows = NationalRecord.objects.select_for_update(of=("self",)).filter(
        code=code, state__in=(NationalState.PUBLISHED, NationalState.PENDING)
    )
    return {row.state: row for row in rows.order_by("id")}


def _review(record: NationalRecord, state: NationalState, mandate: Mandate, at: datetime) -> None:
    record.state = state
    record.reviewed_by_id = mandate.officer_id
    record.reviewed_at = at
    record.save(update_fields=["state", "reviewed_by", "reviewed_at"])
