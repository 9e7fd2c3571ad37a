"""The first page of a counter: which procedure is it?"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.dossiers.models import Channel
from motcua.kernel import clock
from motcua.web.desk.queue.panel import panel_context

from .access import CounterRequest, receiver_required
from .finding import CHARACTERS_MAX, chosen, matching, procedures_at

TITLES = {Channel.DIRECT: _("Tiếp nhận tại quầy"), Channel.POST: _("Tiếp nhận qua bưu chính")}
# Each channel's two pages: the list of procedures, and the intake itself.
FINDERS = {Channel.DIRECT: "desk:counter", Channel.POST: "desk:post"}
INTAKES = {Channel.DIRECT: "desk:counter-intake-new", Channel.POST: "desk:post-intake-new"}
LISTED_MAX = 60


@receiver_required
@require_safe
def show(request: CounterRequest, channel: Channel) -> HttpResponse:
    """List the counter's procedures; keys and Enter open one, `loc` only narrows the list."""
    on = clock.today()
    typed = request.GET.get("q", "")[:CHARACTERS_MAX]
    versions = procedures_at(request.counter, channel, on)
    found = matching(versions, typed)
    if typed.strip() and "loc" not in request.GET:
        version = chosen(versions, typed)
        if version is not None:
            return redirect(INTAKES[channel], code=version.code)
    return render(
        request,
        "desk/counter/finder.html",
        {
            "title": TITLES[channel],
            "counter": request.counter,
            "intake_url": INTAKES[channel],
            "typed": typed,
            "versions": found[:LISTED_MAX],
            "is_lost": bool(typed.strip()) and not found,
            "has_none": not versions,
            # Whoever opens the post calls nobody.
            **(panel_context(request) if channel == Channel.DIRECT else {}),
        },
    )
