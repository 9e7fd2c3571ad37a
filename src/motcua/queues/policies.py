"""Who may do what in a line. What a ticket's state allows is the lifecycle's business."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.kernel.clock import day_of
from motcua.offices.models import PostRole
from motcua.offices.queries import Mandate

from .lifecycle import TICKET_LIFECYCLE, TicketState
from .models import Counter, Ticket


class NotAllowed(Exception):
    """This cannot be done in this line now; the message says why."""


class NotAtThisUnit(NotAllowed):
    """The officer is no receiver of that unit."""


class NotSeatedThere(NotAllowed):
    """Somebody else sits at that counter, or nobody."""


class TicketHasMovedOn(NotAllowed):
    """The ticket's state does not allow that any more."""


class TicketIsOfAnotherDay(NotAllowed):
    """A ticket serves for the day on which it was taken."""


def serves_at(mandate: Mandate, unit_id: int) -> bool:
    """Return whether the officer receives people in that unit."""
    return mandate.holds(PostRole.RECEIVER, unit_id)


def check_serves_at(mandate: Mandate, unit_id: int) -> None:
    """
    Let only the unit's own receivers call its numbers.

    :raises NotAtThisUnit: for everybody else
    """
    if not serves_at(mandate, unit_id):
        raise NotAtThisUnit(_("Chỉ cán bộ Một cửa của bộ phận này mới gọi số ở đây."))


def check_sits_at(mandate: Mandate, counter: Counter, on: date) -> None:
    """
    Let a counter be used by who took it today.

    :raises NotAtThisUnit: if it is in another unit
    :raises NotSeatedThere: if another officer took it since, or nobody today
    """
    check_serves_at(mandate, counter.unit_id)
    if counter.officer_id != mandate.officer_id or not is_of_day(counter.seated_at, on):
        raise NotSeatedThere(_("Ông/Bà chưa ngồi ở quầy này hôm nay. Hãy chọn quầy."))


def check_may_handle(mandate: Mandate, ticket: Ticket, on: date) -> None:
    """
    Let any receiver of the unit go on with a ticket of today: colleagues stand in for each other.

    :raises NotAtThisUnit: for everybody else
    :raises TicketIsOfAnotherDay: on any other day
    """
    check_serves_at(mandate, ticket.unit_id)
    check_is_of_day(ticket, on)


def check_is_of_day(ticket: Ticket, on: date) -> None:
    """
    Refuse yesterday's tickets.

    :raises TicketIsOfAnotherDay: if it was not taken on that day
    """
    if ticket.on != on:
        raise TicketIsOfAnotherDay(_("Số này không phải của hôm nay. Vui lòng lấy số mới."))


def check_state_allows(verb: str, ticket: Ticket) -> None:
    """
    Refuse what the ticket's state does not allow, saying where it stands.

    :raises TicketHasMovedOn: if the lifecycle knows no such step
    """
    state = TicketState(ticket.state)
    if verb not in TICKET_LIFECYCLE.verbs_from(state):
        raise TicketHasMovedOn(
            _("Số %(number)s: %(state)s. Không ghi nhận gì thêm.")
            % {"number": ticket.number, "state": state.label}
        )


def is_of_day(moment: datetime | None, on: date) -> bool:
    """Return whether a moment lies on that day of the city."""
    return moment is not None and day_of(moment) == on
