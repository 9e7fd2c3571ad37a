"""The working calendar: its days by year, its hours, its editions, and what waits for approval."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.calendars import queries
from motcua.calendars.definitions import told_sessions
from motcua.calendars.seeds import shipped_calendar
from motcua.dossiers.queries import recalibrations_of
from motcua.kernel import clock
from motcua.offices.queries import agency_names
from motcua.web.access import OfficerRequest, administrator_required

from .calendar_words import actor_names, day_row, hours_row, sheet_title

REJECTED_SHOWN = 5


@administrator_required
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """Show the days of a year, the hours, the proposals that wait, and every edition."""
    years = queries.years_told()
    asked_for = request.GET.get("nam", "")
    today = clock.today()
    year = int(asked_for) if asked_for in map(str, years) else min(years[-1], today.year)
    path = reverse("console:calendar")
    awaiting = queries.changes_awaiting()
    editions = queries.editions()
    rejected = queries.changes_rejected(REJECTED_SHOWN)
    changes = [*(sheet.change for sheet in awaiting), *editions, *rejected]
    names = actor_names(changes)
    progress = recalibrations_of(change.pk for change in editions)
    hours = queries.hours_told()
    agencies = agency_names(
        shown.line.agency_id for shown in hours if shown.line.agency_id is not None
    )
    [shipped] = shipped_calendar().hours
    return render(
        request,
        "console/calendar/index.html",
        {
            "year": year,
            "years": [
                {"label": str(each), "href": f"{path}?nam={each}", "current": each == year}
                for each in years
            ],
            "days": [day_row(shown) for shown in queries.days_of(year)],
            "shipped_sessions": told_sessions(shipped.sessions),
            "hours": [(hours_row(shown.line, agencies), shown.edition) for shown in hours],
            "awaiting": [
                (sheet.change, sheet_title(sheet), names[sheet.change.proposed_by])
                for sheet in awaiting
            ],
            "editions": [
                (
                    change,
                    names[change.proposed_by],
                    names[change.decided_by or ""],
                    progress.get(change.pk),
                )
                for change in editions
            ],
            "rejected": [(change, names[change.decided_by or ""]) for change in rejected],
        },
    )
