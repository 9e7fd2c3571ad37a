"""Who stands at a counter, which counter it is, and under which key a page is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from motcua.offices.models import PostRole
from motcua.offices.queries import HeldPost
from motcua.web.access import OfficerRequest, View, officer_required

UNIT = "intake-unit"  # the box that says at which of several counters the officer sits


class CounterRequest(OfficerRequest):
    """A request that `receiver_required` let through."""

    counter: HeldPost
    counters: tuple[HeldPost, ...]


def receiver_required(view: View) -> Callable[..., HttpResponse]:
    """Let through who receives somewhere, as `request.counter`; tell others whose work this is."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        posts = tuple(p for p in request.mandate.posts if p.role == PostRole.RECEIVER)
        if not posts:
            return render(request, "desk/counter/not_a_receiver.html", status=403)
        asked = request.POST.get(UNIT) or request.GET.get(UNIT, "")
        request.counters = posts
        request.counter = next((p for p in posts if str(p.unit_id) == asked), posts[0])
        return view(request, *args, **kwargs)

    return officer_required(guarded)


def key_or_404(written: str) -> UUID:
    """Return the key that the page gave out; whoever sends another does not come from the page."""
    try:
        return UUID(written)
    except ValueError:
        raise Http404 from None
