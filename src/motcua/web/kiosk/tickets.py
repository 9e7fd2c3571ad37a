"""Taking a number at the kiosk: what for, whether one has priority, and the number."""

from uuid import UUID, uuid4

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import clock
from motcua.offices.models import Unit
from motcua.offices.queries import UnitIsClosed
from motcua.queues import queries, services
from motcua.queues.models import Priority, Purpose
from motcua.web.redirects import see_other
from motcua.web.visitors import address_of

from .access import gives_numbers_to, in_the_hall, named
from .hall import opening
from .places import place_context

KEY = "key"
PRIORITY = "priority"
# Longer than anybody stands before the question; a key kept back takes no number tomorrow.
_KEY_SECONDS = 15 * 60
_ICONS = {Purpose.FILING: "inbox", Purpose.RETURN: "check", Purpose.ADVICE: "chat"}
_FIRST = (Priority.NONE, Priority.ELDERLY, Priority.PREGNANT, Priority.DISABLED)


@in_the_hall
@require_safe
def purposes(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Ask what somebody has come for."""
    if not gives_numbers_to(request):
        return _not_here(request, unit)
    choices = [(purpose, _ICONS[purpose]) for purpose in Purpose]
    return render(
        request, "kiosk/purposes.html", {**named(unit), "choices": choices, **opening(unit)}
    )


@in_the_hall
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, unit: Unit, purpose: str) -> HttpResponse:
    """Ask about priority; the answer takes the number."""
    if purpose not in Purpose.values:
        raise Http404
    if not gives_numbers_to(request):
        return _not_here(request, unit)
    if request.method != "POST":
        return _ask(request, unit, Purpose(purpose))
    key = _read_key(request.POST.get(KEY, ""), unit)
    priority = request.POST.get(PRIORITY, "")
    if key is None or priority not in Priority.values:
        # The page stood open too long, or was not ours: it is asked again, with a new key.
        return _ask(request, unit, Purpose(purpose), status=422)
    try:
        ticket = services.take_ticket(
            unit_id=unit.pk,
            purpose=Purpose(purpose),
            priority=Priority(priority),
            key=key,
            address=address_of(request),
            at=clock.now(),
        )
    except (services.NotAllowed, UnitIsClosed) as refused:
        status = 429 if isinstance(refused, services.TooManyAtOnce) else 422
        return _refused(request, unit, str(refused), status=status)
    return see_other("kiosk:ticket", unit_id=unit.pk, secret=ticket.secret)


@in_the_hall
@require_safe
def show(request: HttpRequest, unit: Unit, secret: str) -> HttpResponse:
    """Show a number to take along, on paper or in the telephone."""
    try:
        ticket = queries.ticket_by_secret(secret)
    except queries.NoSuchTicket:
        raise Http404 from None
    address = request.build_absolute_uri(reverse("kiosk:place", args=[ticket.secret]))
    return render(
        request,
        "kiosk/ticket.html",
        {**named(unit), **place_context(ticket), "place_address": address},
    )


def _ask(request: HttpRequest, unit: Unit, purpose: Purpose, *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "kiosk/ticket_new.html",
        {
            **named(unit),
            "purpose": purpose,
            "priorities": _FIRST,
            "key": _signer(unit).sign(str(uuid4())),
            "is_stale": status != 200,
        },
        status=status,
    )


def _refused(request: HttpRequest, unit: Unit, refusal: str, *, status: int) -> HttpResponse:
    return render(request, "kiosk/refused.html", {**named(unit), "refusal": refusal}, status=status)


def _not_here(request: HttpRequest, unit: Unit) -> HttpResponse:
    words = _("Số thứ tự chỉ lấy được ở kiosk đặt tại Bộ phận Một cửa.")
    return _refused(request, unit, words, status=403)


def _signer(unit: Unit) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"kiosk.ticket.{unit.pk}")


def _read_key(signed: str, unit: Unit) -> UUID | None:
    try:
        return UUID(_signer(unit).unsign(signed, max_age=_KEY_SECONDS))
    except (signing.BadSignature, ValueError):
        return None
