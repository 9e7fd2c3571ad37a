"""Calling numbers, and what comes of each call."""

from datetime import timedelta

import pytest

from motcua.kernel.ledger.models import LedgerEvent
from motcua.queues import queries, services
from motcua.queues.models import Priority, Ticket
from tests.builders import NOW, TODAY, a_citizen, a_leader, an_agency
from tests.queues.lines import ASeat, a_ticket, a_unit, at

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def seat():
    return ASeat(3)


class TestTakeCounter:
    def test_makes_the_counter_at_its_first_use(self, seat):
        assert queries.seat_of(seat.mandate.officer_id, TODAY) == seat.counter
        assert [counter.number for counter in queries.counters_of(seat.counter.unit_id)] == [3]

    def test_is_for_the_day(self, seat):
        assert queries.seat_of(seat.mandate.officer_id, TODAY + timedelta(days=1)) is None
        with pytest.raises(services.NotSeatedThere):
            seat.calls(moment=NOW + timedelta(days=1))

    def test_twice_says_nothing_new(self, seat):
        again = sit(seat, 3)

        assert again == seat.counter
        assert LedgerEvent.objects.filter(kind="queues.counter-taken").count() == 1

    def test_leaves_the_one_before(self, seat):
        other = sit(seat, 4)

        assert queries.seat_of(seat.mandate.officer_id, TODAY) == other
        assert ASeat(3).counter == seat.counter

    def test_from_who_has_gone_is_taken_over_but_not_in_the_midst_of_serving(self, seat):
        a_ticket()
        seat.calls()

        with pytest.raises(services.CounterIsTaken):
            ASeat(3)
        with pytest.raises(services.StillServing):
            sit(seat, 4)
        with pytest.raises(services.StillServing):
            services.leave_counter(mandate=seat.mandate, at=NOW)

    def test_is_left_at_the_end_and_nothing_happens_twice(self, seat):
        for _time in range(2):
            services.leave_counter(mandate=seat.mandate, at=NOW)

        assert queries.seat_of(seat.mandate.officer_id, TODAY) is None
        assert LedgerEvent.objects.filter(kind="queues.counter-left").count() == 1

    @pytest.mark.parametrize("number", [0, -1, 100])
    def test_refuses_numbers_that_are_none(self, seat, number):
        with pytest.raises(services.NoSuchCounterNumber):
            sit(seat, number)

    def test_is_for_receivers_of_that_unit(self, seat):
        stranger = a_leader()

        with pytest.raises(services.NotAtThisUnit):
            services.take_counter(mandate=stranger, unit_id=seat.counter.unit_id, number=5, at=NOW)


class TestCallNext:
    def test_calls_in_the_order_in_which_people_came(self, seat):
        for _time in range(3):
            a_ticket()

        assert [seat.finishes().number for _time in range(3)] == [1, 2, 3]

    def test_serves_priority_and_the_others_in_turn(self, seat):
        for priority in ("none", "none", "elderly", "pregnant", "none", "disabled"):
            a_ticket(priority=Priority(priority))
        foretold = queries.line_of(seat.counter.unit_id, TODAY).waiting

        called = [seat.finishes().number for _time in range(6)]

        assert called == [3, 1, 4, 2, 6, 5]
        assert foretold == tuple(called)

    def test_is_done_with_whom_it_was_serving(self, seat):
        first, second = a_ticket(), a_ticket()
        seat.serves()

        called = seat.calls(moment=NOW + MINUTE)

        first.refresh_from_db()
        assert called.pk == second.pk
        assert (first.state, first.ended_at) == ("served", NOW + MINUTE)

    def test_waits_for_what_comes_of_the_last_call(self, seat):
        a_ticket(), a_ticket()
        seat.calls()

        with pytest.raises(services.CounterIsBusy, match="Số 1"):
            seat.calls()
        assert LedgerEvent.objects.filter(kind="queues.ticket-called").count() == 1

    def test_of_an_empty_line_leaves_everything_as_it_was(self, seat):
        ticket = a_ticket()
        seat.serves()

        with pytest.raises(services.NobodyWaits):
            seat.calls()
        ticket.refresh_from_db()
        assert ticket.state == "serving"

    def test_passes_by_what_is_left_of_yesterday(self):
        yesterday = NOW - timedelta(days=1)
        left = a_ticket(moment=yesterday)
        stayed = ASeat(3, moment=yesterday)
        stayed.calls(moment=yesterday)
        fresh = a_ticket()
        services.take_counter(mandate=stayed.mandate, unit_id=fresh.unit_id, number=3, at=NOW)

        called = stayed.calls()

        left.refresh_from_db()
        assert called.pk == fresh.pk
        assert left.state == "expired"

    def test_is_for_who_sits_there(self, seat):
        a_ticket()
        colleague = ASeat(4)

        with pytest.raises(services.NotSeatedThere):
            services.call_next(mandate=colleague.mandate, counter_id=seat.counter.pk, at=NOW)
        with pytest.raises(services.NoSuchCounter):
            services.call_next(mandate=seat.mandate, counter_id=0, at=NOW)

    def test_does_not_look_into_other_lines(self, seat):
        a_ticket(a_unit("Ủy ban nhân dân quận Ninh Kiều"))

        with pytest.raises(services.NobodyWaits):
            seat.calls()


class TestWhatComesOfACall:
    def test_tells_every_step(self, seat):
        ticket = a_ticket()
        seat.calls()
        for act in (
            services.recall_ticket,
            services.miss_call,
            services.readmit_ticket,
        ):
            seat.does(act, ticket)
        seat.finishes()

        told = LedgerEvent.objects.filter(subject_type="queues.ticket").order_by("position")
        assert [event.kind.removeprefix("queues.") for event in told] == [
            "ticket-taken",
            "ticket-called",
            "ticket-recalled",
            "call-missed",
            "ticket-readmitted",
            "ticket-called",
            "service-started",
            "service-finished",
        ]
        assert told[1].actor == seat.mandate.actor
        assert (told[1].data["counter"], told[4].data["counter"]) == (3, 3)
        ticket.refresh_from_db()
        assert ticket.state == "served"

    def test_recalled_is_announced_anew(self, seat):
        a_ticket()
        ticket = seat.calls()

        again = seat.does(services.recall_ticket, ticket, moment=NOW + MINUTE)

        assert (again.called_at, again.announced_at) == (NOW, NOW + MINUTE)

    def test_readmitted_waits_at_the_end_and_only_once(self, seat):
        missed, other = a_ticket(), a_ticket()
        seat.does(services.miss_call, seat.calls())
        seat.does(services.readmit_ticket, missed, moment=NOW + MINUTE)
        assert queries.line_of(missed.unit_id, TODAY).waiting == (other.number, missed.number)
        seat.finishes()
        seat.does(services.miss_call, seat.calls())

        with pytest.raises(services.ReadmittedBefore):
            seat.does(services.readmit_ticket, missed)

    @pytest.mark.parametrize(
        "act",
        [
            services.recall_ticket,
            services.start_serving,
            services.finish_serving,
            services.miss_call,
            services.readmit_ticket,
        ],
    )
    def test_is_refused_out_of_order_to_strangers_and_on_other_days(self, seat, act):
        ticket = a_ticket()
        elsewhere = ASeat(agency=an_agency("Ủy ban nhân dân quận Ninh Kiều"))

        with pytest.raises(services.TicketHasMovedOn):
            seat.does(act, ticket)
        with pytest.raises(services.NotAtThisUnit):
            elsewhere.does(act, ticket)
        with pytest.raises(services.TicketIsOfAnotherDay):
            seat.does(act, ticket, moment=NOW + timedelta(days=1))

    def test_is_finished_by_a_colleague_who_stands_in(self, seat):
        a_ticket()
        ticket = seat.serves()

        assert ASeat(4).does(services.finish_serving, ticket).state == "served"


class TestRedirectTicket:
    def test_is_called_first_by_that_counter_and_by_no_other(self, seat):
        neighbour = ASeat(4)
        sent, other, third = a_ticket(), a_ticket(), a_ticket()
        seat.does(services.redirect_ticket, seat.calls(), counter_number=4)

        assert seat.calls().pk == other.pk
        assert queries.panel_of(neighbour.counter, TODAY).next_number == sent.number
        assert neighbour.finishes().pk == sent.pk
        assert neighbour.calls().pk == third.pk

    @pytest.mark.parametrize("number", [3, 9])
    def test_goes_to_another_counter_that_is_there(self, seat, number):
        a_ticket()
        ticket = seat.calls()

        with pytest.raises(services.AnotherUnitsCounter):
            seat.does(services.redirect_ticket, ticket, counter_number=number)


class TestTransferTicket:
    def test_gives_the_next_number_of_the_other_line(self, seat):
        district = a_unit("Ủy ban nhân dân quận Ninh Kiều")
        a_ticket(district)
        ticket = a_ticket(priority=Priority.DISABLED)

        successor = seat.does(services.transfer_ticket, seat.calls(), unit_id=district.pk)

        ticket.refresh_from_db()
        assert (successor.unit_id, successor.number, successor.priority) == (
            district.pk, 2, "disabled",
        )  # fmt: skip
        assert (ticket.state, ticket.successor) == ("transferred", successor)
        told = LedgerEvent.objects.get(kind="queues.ticket-transferred")
        assert told.data["successor"] == successor.pk

    def test_happens_once(self, seat):
        district = a_unit("Ủy ban nhân dân quận Ninh Kiều")
        a_ticket()
        ticket = seat.calls()
        seat.does(services.transfer_ticket, ticket, unit_id=district.pk)

        with pytest.raises(services.TicketHasMovedOn):
            seat.does(services.transfer_ticket, ticket, unit_id=district.pk)
        assert Ticket.objects.filter(unit=district).count() == 1

    def test_asks_whether_the_other_unit_serves(self, seat):
        centre = a_unit("Sở Tư pháp")
        a_ticket()
        ticket = seat.calls()

        with pytest.raises(services.OutsideServiceHours):
            seat.does(services.transfer_ticket, ticket, unit_id=centre.pk, moment=at("10:45"))
        with pytest.raises(services.AnotherUnitsCounter):
            seat.does(services.transfer_ticket, ticket, unit_id=ticket.unit_id)


class TestPlaceOf:
    def test_counts_who_is_called_before(self, seat):
        a_ticket(), a_ticket()
        mine = a_ticket()
        a_ticket(priority=Priority.ELDERLY)
        a_ticket()

        assert queries.place_of(mine, NOW).ahead == 3

    def test_says_nothing_of_time_until_three_were_served(self, seat):
        mine = a_ticket()

        assert queries.place_of(mine, NOW).minutes is None

    def test_tells_the_time_by_what_was_served_today(self, seat):
        for turn in range(3):
            a_ticket()
            seat.finishes(begins=NOW + turn * MINUTE, ends=NOW + (turn + 8) * MINUTE)
        a_ticket()
        mine = a_ticket()

        # Two turns of eight minutes at one counter: sixteen, said as twenty.
        assert queries.place_of(mine, NOW + 10 * MINUTE) == queries.PlaceInLine(ahead=1, minutes=20)
        ASeat(4).calls(moment=NOW + 10 * MINUTE)
        assert queries.place_of(mine, NOW + 11 * MINUTE) == queries.PlaceInLine(ahead=0, minutes=5)


class TestLineOf:
    def test_shows_who_is_called_where_and_who_is_next(self, seat):
        other = ASeat(1)
        for _time in range(5):
            a_ticket()
        seat.finishes()
        seat.calls(moment=NOW + MINUTE)
        other.serves(moment=NOW + 2 * MINUTE)

        line = queries.line_of(seat.counter.unit_id, TODAY)

        assert [(call.counter, call.number) for call in line.current] == [(1, 3), (3, 2)]
        assert [(call.number, call.is_current) for call in line.last_calls] == [
            (3, True), (2, True), (1, False),
        ]  # fmt: skip
        assert line.waiting == (4, 5)

    def test_takes_as_many_statements_however_long_it_is(self, seat, django_assert_num_queries):
        for _time in range(9):
            a_ticket()
        seat.calls()

        with django_assert_num_queries(4):
            queries.line_of(seat.counter.unit_id, TODAY)


class TestTicketBySecret:
    def test_forgives_how_it_is_typed(self):
        ticket = a_ticket()

        assert queries.ticket_by_secret(f" {ticket.secret.lower()} ") == ticket

    @pytest.mark.parametrize("secret", ["", "AAAAAAAAAA", "\x00", "Ẳ" * 99, "../"])
    def test_opens_nothing_else(self, secret):
        a_citizen()

        with pytest.raises(queries.NoSuchTicket):
            queries.ticket_by_secret(secret)


def sit(seat, number):
    return services.take_counter(
        mandate=seat.mandate, unit_id=seat.counter.unit_id, number=number, at=NOW
    )
