"""Agencies tell of the plans that they issued for themselves, and what these do for the city's."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.documents.models import StoredFile
from motcua.kernel import text
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import events as ledger
from motcua.offices.queries import Mandate
from motcua.plans.events import AgencyPlanRegistered, AgencyTaskAdded
from motcua.plans.models import AgencyPlan, AgencyTask, AgencyTaskLink, Plan, Task
from motcua.plans.policies import HasMovedOn, check_acts_for

from ._acts import Incomplete, locked, said


@transaction.atomic
def register_agency_plan(
    *,
    plan_id: int,
    agency_id: int,
    mandate: Mandate,
    number: str,
    issued_on: date,
    title: str,
    file: StoredFile,
    at: datetime,
) -> AgencyPlan:
    """
    Register the plan that an agency issued; an earlier one gives way to it and stays readable.

    :raises NotTheirPlan: if the officer does not act for the agency
    :raises Incomplete: if number or title is missing, the day is yet to come, it is registered
        already, or the file was handed in by somebody else
    """
    check_acts_for(mandate, agency_id)
    plan = locked(Plan.objects.all(), plan_id)
    number = said(text.clean(number), _("Hãy ghi số văn bản."), key="number", longest=100)
    title = said(text.clean(title), _("Hãy ghi tên kế hoạch."), key="title", longest=300)
    if issued_on > day_of(at):
        raise Incomplete(_("Ngày văn bản không thể ở tương lai."), key="issued_on")
    if file.stored_by_id != mandate.account_id:
        raise Incomplete(_("Hãy tải tệp lên lại."), key="file")
    known = AgencyPlan.objects.filter(plan=plan, agency_id=agency_id)
    if known.filter(number=number, issued_on=issued_on).exists():
        raise Incomplete(_("Kế hoạch số này đã được đăng ký."), key="number")
    before = known.filter(superseded_at__isnull=True).first()
    if before is not None:
        before.superseded_at = at
        before.save(update_fields=["superseded_at"])
    registered = AgencyPlan.objects.create(
        plan=plan,
        agency_id=agency_id,
        number=number,
        issued_on=issued_on,
        title=title,
        file=file,
        registered_at=at,
        registered_by_id=mandate.officer_id,
    )
    ledger.record(
        AgencyPlanRegistered(
            agency=agency_id,
            number=number,
            issued_on=issued_on.isoformat(),
            supersedes=before.pk if before else None,
        ),
        subject=registered.subject,
        actor=mandate.actor,
        at=at,
    )
    return registered


@transaction.atomic
def add_agency_task(
    *,
    agency_plan_id: int,
    mandate: Mandate,
    words: str,
    clauses: Collection[str],
    due_on: date | None = None,
    at: datetime,
) -> AgencyTask:
    """
    Add a task of the agency's own plan, with the tasks of the city that it serves.

    :raises NotTheirPlan: if the officer does not act for the agency
    :raises HasMovedOn: if another plan took its place
    :raises Incomplete: if nothing is said, or it serves no task of the city
    """
    agency_plan = locked(AgencyPlan.objects.all(), agency_plan_id)
    check_acts_for(mandate, agency_plan.agency_id)
    if agency_plan.superseded_at is not None:
        raise HasMovedOn(_("Đã có kế hoạch mới thay thế. Hãy ghi vào kế hoạch mới."))
    words = said(words, _("Hãy ghi nội dung nhiệm vụ."))
    served = list(
        Task.objects.filter(plan_id=agency_plan.plan_id, clause__in=set(clauses)).order_by(
            "position"
        )
    )
    if not served or len(served) < len(set(clauses)):
        raise Incomplete(
            _("Hãy chọn nhiệm vụ của thành phố mà nhiệm vụ này thực hiện."), key="clauses"
        )
    task = AgencyTask.objects.create(
        agency_plan=agency_plan, words=words, due_on=due_on, added_at=at
    )
    AgencyTaskLink.objects.bulk_create(
        [AgencyTaskLink(agency_task=task, task=each) for each in served]
    )
    ledger.record(
        AgencyTaskAdded(words=words, clauses=[each.clause for each in served]),
        subject=agency_plan.subject,
        actor=mandate.actor,
        at=at,
    )
    return task
