"""What every page in the hall keeps to: no session, no trace, and a unit that receives people."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from motcua.offices.models import Unit
from motcua.offices.queries import NoSuchUnit
from motcua.queues.queries import one_stop_unit
from motcua.web.visitors import address_of

View = Callable[..., HttpResponse]


def in_the_hall(view: View) -> View:
    """
    Let everybody through, with the unit in place of its id; keep the answer in no cache.

    No cookie is set here, so there is no token against forged forms: a form of the kiosk carries
    a signed key of its own, made for this unit and good for some minutes.
    """

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, unit_id: int, **kwargs: Any) -> HttpResponse:
        try:
            unit = one_stop_unit(unit_id)
        except NoSuchUnit:
            raise Http404 from None
        return untraceable(view(request, unit, **kwargs))

    return opened


def untraceable(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches, histories and search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def gives_numbers_to(request: HttpRequest) -> bool:
    """Return whether the visitor stands at a kiosk, where the city has said which those are."""
    networks = settings.KIOSK_NETWORKS
    if not networks:
        return True
    try:
        address = ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in networks)


def named(unit: Unit) -> dict[str, object]:
    """Return how a page names the unit it stands in."""
    return {"unit": unit, "agency": unit.agency}
