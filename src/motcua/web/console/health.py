"""Whether the machinery behind the pages keeps up: followers, jobs, the waking."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.dossiers.queries import PulseOfWaking, waking
from motcua.kernel.ledger import health as ledger
from motcua.web.access import OfficerRequest, administrator_required

# A worker beats every ten seconds and a job is taken up at once: longer means somebody must look.
LATE = timedelta(minutes=5)
SILENT = timedelta(minutes=1)
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class JobFigures:
    """How many jobs stand where; late and stuck ones need a person."""

    waiting: int
    late: int
    running: int
    stuck: int
    failed: int


@administrator_required
@require_safe
def show(request: OfficerRequest) -> HttpResponse:
    """Show lag, parked events, and jobs that are late, stuck or failed."""
    followers = ledger.lag()
    jobs = job_figures()
    pulse = waking()
    return render(
        request,
        "console/health.html",
        {
            "followers": followers,
            "parked": sum(follower.parked for follower in followers),
            "jobs": jobs,
            "troubled": troubled_jobs(),
            "pulse": pulse,
            "verdict": verdict(followers, jobs, pulse),
        },
    )


def job_figures() -> JobFigures:
    """Count the jobs by where they stand, in one statement, by the database's clock."""
    return JobFigures(
        **ProcrastinateJob.objects.aggregate(
            waiting=Count("id", filter=Q(status="todo")),
            late=Count("id", filter=_late()),
            running=Count("id", filter=Q(status="doing")),
            stuck=Count("id", filter=_stuck()),
            failed=Count("id", filter=Q(status="failed")),
        )
    )


def troubled_jobs() -> list[dict[str, Any]]:
    """Return the kinds of job in trouble: how many, how often tried, the oldest of them."""
    return list(
        ProcrastinateJob.objects.filter(_late() | _stuck() | Q(status="failed"))
        .values("task_name", "status")
        .annotate(how_many=Count("id"), tried=Max("attempts"), oldest_at=Min("scheduled_at"))
        .order_by("task_name", "status")[:SHOWN]
    )


def verdict(followers: list[ledger.Lag], jobs: JobFigures, pulse: PulseOfWaking) -> tuple[str, str]:
    """Return the whole in one sentence, and its tone."""
    if pulse.is_silent:
        return _("Việc theo thời hạn đang im lặng: không ai được nhắc."), "overdue"
    if pulse.failing or any(follower.parked for follower in followers) or jobs.failed or jobs.stuck:
        return _("Có việc cần người xem."), "overdue"
    if any(follower.attempts for follower in followers) or jobs.late:
        return _("Có việc đang chậm."), "due"
    return _("Mọi việc chạy bình thường."), "ontime"


def _late() -> Q:
    # A job without a time of its own is due at once, but only its event says since when.
    return Q(status="todo", scheduled_at__lt=Now() - LATE)


def _stuck() -> Q:
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=Now() - SILENT)
    return Q(status="doing") & silent
