"""What the visitor's agencies should look at: duties and answers near their day, or past it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel import clock
from motcua.plans import policies, queries, services
from motcua.plans.definitions import Occasion
from motcua.web.numbers import whole
from motcua.web.pages import page_asked

from . import shown
from .access import PlanRequest, plan_required

PAGE_ROWS = 25


@plan_required
@require_safe
def show(request: PlanRequest) -> HttpResponse:
    """Show what stands, the unread first; and to the keeper what waits to be confirmed."""
    page = Paginator(queries.reminders_of(request.mandate), PAGE_ROWS).get_page(page_asked(request))
    keeps = policies.keeps(request.mandate, request.plan)
    waiting = queries.waiting_for_keeper(request.plan)[:PAGE_ROWS] if keeps else []
    return render(
        request,
        "board/plan/reminders.html",
        {
            "page": page,
            "lines": [
                {
                    "reminder": each,
                    "tone": "due" if each.occasion == Occasion.NEAR else "overdue",
                    "owner": shown.owner_words(request.plan, each.duty) if each.duty else "",
                }
                for each in page
            ],
            "unread": queries.unread_reminders(request.mandate).count(),
            "keeps": keeps,
            "waiting": [
                {"duty": duty, "owner": shown.owner_words(request.plan, duty)} for duty in waiting
            ],
        },
    )


@plan_required
@require_POST
def read(request: PlanRequest) -> HttpResponse:
    """Note that these were read, and show the rest."""
    ids = [pk for sent in request.POST.getlist("reminder") if (pk := whole(sent))]
    services.read_reminders(mandate=request.mandate, reminder_ids=ids, at=clock.now())
    return redirect("board:plan-reminders")
