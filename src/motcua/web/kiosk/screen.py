"""The calling screen: what a television in the hall shows, and says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.kernel import clock
from motcua.kernel.clock import day_of
from motcua.offices.models import Unit

from .access import in_the_hall, named
from .hall import opening
from .lines import line_shown

# More do not fit on a television that is read from the last row of chairs.
NEXT_SHOWN = 8


@in_the_hall
@require_safe
def show(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Show who is called where, who was, and who is next: numbers only."""
    line = line_shown(unit.pk, day_of(clock.now()))
    return render(
        request,
        "kiosk/screen.html",
        {
            **named(unit),
            **opening(unit),
            "line": line,
            "earlier": [call for call in line.last_calls if not call.is_current],
            "next_numbers": line.waiting[:NEXT_SHOWN],
            "waiting": len(line.waiting),
        },
    )
