"""Looking a dossier up by the QR code of its receipt: the scanner types, nobody else has to."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.dossiers.queries import NoSuchDossier
from motcua.kernel import text
from motcua.offices.models import Unit
from motcua.procedures.queries import compiled
from motcua.queues import queries as lines
from motcua.web import lookup_links, standing
from motcua.web.redirects import see_other

from .access import in_the_hall, named

SCANNED = "scanned"
_LONGEST = 300
_DOSSIER_LINK = re.compile(r"/tra-cuu/([^/?#\s]+)")
_TICKET_LINK = re.compile(r"/so/([^/?#\s]+)")
# What is shown of a code in a hall: enough to know one's own.
_TAIL = 4


@in_the_hall
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, unit: Unit) -> HttpResponse:
    """
    Wait for a scan, and show where the dossier stands.

    The answer comes to the POST itself: a link in the address would stay in the history.
    """
    if request.method != "POST":
        return render(request, "kiosk/lookup.html", named(unit))
    scanned = text.clean(request.POST.get(SCANNED, ""))[:_LONGEST]
    if ticket := _ticket_in(scanned):
        return see_other("kiosk:ticket", unit_id=unit.pk, secret=ticket)
    link = _DOSSIER_LINK.search(scanned)
    try:
        dossier = lookup_links.dossier_of_token(link[1] if link else scanned)
    except NoSuchDossier:
        return render(request, "kiosk/lookup.html", {**named(unit), "unread": True}, status=422)
    return render(
        request,
        "kiosk/standing.html",
        {
            **named(unit),
            "dossier": dossier,
            "code_tail": dossier.code[-_TAIL:],
            "version": compiled(dossier.version_id),
            "now_words": standing.now_words(dossier),
            "promise": standing.promise_of(dossier),
            "place_words": standing.place_words(dossier),
        },
    )


def _ticket_in(scanned: str) -> str:
    found = _TICKET_LINK.search(scanned)
    if found is None:
        return ""
    try:
        return lines.ticket_by_secret(found[1]).secret
    except lines.NoSuchTicket:
        return ""
