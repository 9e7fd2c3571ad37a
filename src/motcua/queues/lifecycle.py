"""The life of a ticket, from the kiosk to the counter, as one table."""

from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.kernel.lifecycle import Lifecycle, Transition


class TicketState(models.TextChoices):
    """Where a ticket stands in its line."""

    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đã gọi")
    SERVING = "serving", _("Đang phục vụ")
    SERVED = "served", _("Đã xong")
    NO_SHOW = "no_show", _("Vắng mặt khi gọi")
    TRANSFERRED = "transferred", _("Đã chuyển bộ phận")
    CANCELLED = "cancelled", _("Đã bỏ số")
    EXPIRED = "expired", _("Hết ngày")


class Party(Enum):
    """Who must move next."""

    COUNTER = auto()
    VISITOR = auto()
    NOBODY = auto()


S = TicketState

TICKET_LIFECYCLE = Lifecycle(
    initial=S.WAITING,
    waiting_on={
        S.WAITING: Party.COUNTER,
        S.CALLED: Party.VISITOR,
        S.SERVING: Party.COUNTER,
        S.SERVED: Party.NOBODY,
        S.NO_SHOW: Party.VISITOR,
        S.TRANSFERRED: Party.NOBODY,
        S.CANCELLED: Party.NOBODY,
        S.EXPIRED: Party.NOBODY,
    },
    transitions=(
        Transition("call", from_={S.WAITING}, to=S.CALLED),
        Transition("recall", from_={S.CALLED}, to=S.CALLED),
        Transition("start", from_={S.CALLED}, to=S.SERVING),
        Transition("finish", from_={S.SERVING}, to=S.SERVED),
        Transition("miss", from_={S.CALLED}, to=S.NO_SHOW),
        # Whoever missed the call may stand in line again, once.
        Transition("readmit", from_={S.NO_SHOW}, to=S.WAITING),
        Transition("redirect", from_={S.CALLED, S.SERVING}, to=S.WAITING),
        Transition("transfer", from_={S.CALLED, S.SERVING}, to=S.TRANSFERRED),
        Transition("cancel", from_={S.WAITING}, to=S.CANCELLED),
        Transition("expire", from_={S.WAITING, S.CALLED, S.SERVING}, to=S.EXPIRED),
    ),
)

CLOSED_STATES = TICKET_LIFECYCLE.states_waiting_on(Party.NOBODY)
# A missed call is over for the counter, though not yet for the person.
ENDED_STATES = CLOSED_STATES | {S.NO_SHOW}
OPEN_STATES = frozenset(S) - ENDED_STATES
AT_COUNTER = OPEN_STATES - {S.WAITING}
# Whoever was called knows by which counter; a waiting ticket, called back into line, forgets it.
CALLED_STATES = AT_COUNTER | {S.SERVED, S.NO_SHOW, S.TRANSFERRED}
