"""People in line at the ward Cái Khế, and the officers who call them."""

from datetime import UTC, datetime, time
from uuid import uuid4

from motcua.kernel.clock import CITY_TIME
from motcua.offices.models import UnitRole
from motcua.offices.queries import Mandate, unit_with_role
from motcua.queues import services
from motcua.queues.models import Counter, Priority, Purpose, Ticket
from tests.builders import NOW, TODAY, a_receiver, an_agency


def at(clock_time: str, on=TODAY) -> datetime:
    """Return a moment of the city's clock."""
    return datetime.combine(on, time.fromisoformat(clock_time), CITY_TIME).astimezone(UTC)


def a_unit(name: str = "Ủy ban nhân dân phường Cái Khế"):
    """Return the one-stop unit of an agency."""
    return unit_with_role(an_agency(name).pk, UnitRole.ONE_STOP, TODAY)


def a_ticket(unit=None, *, priority=Priority.NONE, moment=NOW, **how) -> Ticket:
    """Take a number."""
    how = {"purpose": Purpose.FILING, "key": uuid4(), "address": str(uuid4()), **how}
    unit_id = (unit or a_unit()).pk
    return services.take_ticket(unit_id=unit_id, priority=priority, at=moment, **how)


class ASeat:
    """An officer at a counter, who calls, and deals with whoever comes."""

    def __init__(self, number: int = 1, *, agency=None, moment=NOW) -> None:
        self.mandate: Mandate = a_receiver(agency)
        [post] = self.mandate.posts
        self.counter: Counter = services.take_counter(
            mandate=self.mandate, unit_id=post.unit_id, number=number, at=moment
        )

    def calls(self, *, moment=NOW) -> Ticket:
        """Call the next number."""
        return services.call_next(mandate=self.mandate, counter_id=self.counter.pk, at=moment)

    def does(self, act, ticket: Ticket, *, moment=NOW, **how):
        """Perform an act on a ticket."""
        return act(mandate=self.mandate, ticket_id=ticket.pk, at=moment, **how)

    def serves(self, *, moment=NOW) -> Ticket:
        """Call the next number, and somebody comes."""
        return self.does(services.start_serving, self.calls(moment=moment), moment=moment)

    def finishes(self, *, begins=NOW, ends=NOW) -> Ticket:
        """Call, serve and finish."""
        ticket = self.serves(moment=begins)
        return self.does(services.finish_serving, ticket, moment=ends)
