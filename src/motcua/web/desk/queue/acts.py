"""What an officer at a counter does with the line, each at one press of a button or a key."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.kernel import clock
from motcua.queues import queries, services
from motcua.queues.models import Ticket
from motcua.web.access import OfficerRequest, officer_required
from motcua.web.language import safe_next
from motcua.web.numbers import whole
from motcua.web.redirects import see_other
from motcua.web.words import Words


@dataclass(frozen=True, kw_only=True)
class LineAct:
    """A button of the panel."""

    noun: str  # its address
    label: Words
    key: str  # that presses it; empty: it stands elsewhere
    service: Callable[..., Ticket]
    told: Words
    icon: str = "check"


ACTS = {
    "start": LineAct(
        noun="phuc-vu",
        label=gettext_lazy("Bắt đầu"),
        key="F8",
        service=services.start_serving,
        told=gettext_lazy("Đang phục vụ số %(number)s."),
        icon="user",
    ),
    "recall": LineAct(
        noun="goi-lai",
        label=gettext_lazy("Gọi lại"),
        key="F4",
        service=services.recall_ticket,
        told=gettext_lazy("Đã gọi lại số %(number)s."),
        icon="sound",
    ),
    "miss": LineAct(
        noun="vang-mat",
        label=gettext_lazy("Vắng mặt"),
        key="F10",
        service=services.miss_call,
        told=gettext_lazy("Số %(number)s vắng mặt."),
        icon="off",
    ),
    "finish": LineAct(
        noun="ket-thuc",
        label=gettext_lazy("Xong"),
        key="F9",
        service=services.finish_serving,
        told=gettext_lazy("Đã xong số %(number)s."),
    ),
    "readmit": LineAct(
        noun="cho-lai",
        label=gettext_lazy("Cho chờ lại"),
        key="",
        service=services.readmit_ticket,
        told=gettext_lazy("Số %(number)s chờ lại ở cuối hàng."),
    ),
}
_BY_NOUN = {act.noun: act for act in ACTS.values()}


@officer_required
@require_POST
def call(request: OfficerRequest) -> HttpResponse:
    """Call the next number to the counter at which the officer sits."""
    now = clock.now()
    counter = queries.seat_of(request.mandate.officer_id, clock.day_of(now))
    if counter is None:
        messages.warning(request, _("Ông/Bà chưa chọn quầy hôm nay."))
        return back(request)

    def act() -> str:
        ticket = services.call_next(mandate=request.mandate, counter_id=counter.pk, at=now)
        return _("Mời số %(number)s đến quầy %(counter)s.") % {
            "number": ticket.number,
            "counter": counter.number,
        }

    return done(request, act)


@officer_required
@require_POST
def create(request: OfficerRequest, ticket_id: int, noun: str) -> HttpResponse:
    """Do with a ticket what the button says."""
    if noun not in _BY_NOUN:
        raise Http404
    chosen = _BY_NOUN[noun]

    def act() -> str:
        ticket = chosen.service(mandate=request.mandate, ticket_id=ticket_id, at=clock.now())
        return str(chosen.told) % {"number": ticket.number}

    return done(request, act)


@officer_required
@require_POST
def take_counter(request: OfficerRequest) -> HttpResponse:
    """Sit down at a counter, or leave it."""
    mandate, now = request.mandate, clock.now()
    if "leave" in request.POST:

        def leave() -> str:
            services.leave_counter(mandate=mandate, at=now)
            return _("Ông/Bà đã rời quầy.")

        return done(request, leave)
    unit_id, number = (whole(request.POST.get(name, "")) or 0 for name in ("unit", "number"))

    def sit() -> str:
        counter = services.take_counter(mandate=mandate, unit_id=unit_id, number=number, at=now)
        return _("Ông/Bà ngồi quầy %(number)s hôm nay.") % {"number": counter.number}

    return done(request, sit)


def done(request: OfficerRequest, act: Callable[[], str]) -> HttpResponse:
    """Do it, say what came of it, and go back to the page it was pressed on."""
    try:
        messages.success(request, act())
    except queries.NoSuchTicket:
        raise Http404 from None
    except services.NotAllowed as refused:
        messages.warning(request, str(refused))
    return back(request)


def back(request: OfficerRequest) -> HttpResponse:
    """Lead back to where the button was pressed."""
    return see_other(safe_next(request) or "desk:line")
