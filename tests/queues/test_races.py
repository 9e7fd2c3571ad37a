"""People who take numbers at the same moment, and counters that call at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.queues import services
from motcua.queues.models import Priority, Ticket
from tests.builders import NOW
from tests.queues.lines import ASeat, a_ticket, a_unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Run the calls in threads that start together; return what each gave or raised."""
    together = Barrier(len(calls))

    def one(call):
        try:
            together.wait(10)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_twenty_people_at_once_get_twenty_numbers(settings):
    settings.KIOSK_TICKETS_A_MINUTE = 0
    unit = a_unit()

    for morning in range(1, 4):
        taken = at_once(*[partial(a_ticket, unit) for _person in range(20)])

        numbers = sorted(ticket.number for ticket in taken)
        assert numbers == list(range(morning * 20 - 19, morning * 20 + 1))
    assert chain.verify() is None


def test_one_form_sent_ten_times_at_once_is_one_ticket():
    unit, key = a_unit(), uuid4()

    taken = at_once(*[partial(a_ticket, unit, key=key) for _press in range(10)])

    assert len({ticket.pk for ticket in taken}) == 1
    assert Ticket.objects.count() == 1


def test_two_counters_never_call_the_same_of_fifty_tickets():
    unit, seats = a_unit(), (ASeat(1), ASeat(2))
    for n in range(50):
        a_ticket(unit, priority=Priority.ELDERLY if n % 5 == 0 else Priority.NONE)

    called = []
    for _turn in range(25):
        answers = at_once(*[seat.calls for seat in seats])
        called += answers
        for seat, ticket in zip(seats, answers, strict=True):
            seat.does(services.start_serving, ticket)

    assert sorted(ticket.number for ticket in called) == list(range(1, 51))
    # Nobody else waits behind two with priority, whichever counters call.
    in_turn = Ticket.objects.order_by("pk")
    events = _calls_in_order()
    order = [in_turn[number - 1].has_priority for number in events]
    last_other = max(place for place, favoured in enumerate(order) if not favoured)
    assert not any(a and b for a, b in pairwise(order[:last_other]))
    assert chain.verify() is None


def test_a_place_given_up_while_it_is_called_is_called_or_given_up():
    unit, seat = a_unit(), ASeat()

    for _turn in range(20):
        ticket = a_ticket(unit)
        outcome = at_once(seat.calls, partial(services.cancel_ticket, ticket_id=ticket.pk, at=NOW))
        ticket.refresh_from_db()
        if ticket.state == "called":
            assert isinstance(outcome[1], services.TicketHasMovedOn), outcome
            seat.does(services.miss_call, ticket)
        else:
            assert ticket.state == "cancelled"
            assert isinstance(outcome[0], services.NobodyWaits), outcome


def test_one_counter_pressed_twice_at_once_calls_one_number():
    unit, seat = a_unit(), ASeat()
    a_ticket(unit), a_ticket(unit)

    answers = at_once(seat.calls, seat.calls)

    assert sorted(type(answer) for answer in answers if isinstance(answer, Exception)) == [
        services.CounterIsBusy
    ]
    assert Ticket.objects.filter(state="called").count() == 1


def _calls_in_order():
    told = LedgerEvent.objects.filter(kind="queues.ticket-called").order_by("position")
    return [event.data["number"] for event in told]
