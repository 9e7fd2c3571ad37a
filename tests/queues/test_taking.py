"""Taking a number, and being told no."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices import queries as offices
from motcua.offices.models import Unit, UnitRole
from motcua.offices.services import close_unit, except_service_hours
from motcua.queues import queries, services
from motcua.queues.models import Priority, Purpose, Ticket
from tests.builders import NOW, TODAY
from tests.queues.lines import ASeat, a_ticket, a_unit, at

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


class TestTakeTicket:
    def test_counts_from_one_in_each_unit_and_on_each_day(self):
        here, there = a_unit(), a_unit("Ủy ban nhân dân quận Ninh Kiều")

        numbers = [a_ticket(here).number, a_ticket(here).number, a_ticket(there).number]
        tomorrow = a_ticket(here, moment=at("08:00", TOMORROW))

        assert numbers == [1, 2, 1]
        assert (tomorrow.number, tomorrow.on) == (1, TOMORROW)

    def test_puts_on_record_what_for_and_nobodys_name(self):
        ticket = a_ticket(priority=Priority.ELDERLY, purpose=Purpose.RETURN)

        told = LedgerEvent.objects.get(kind="queues.ticket-taken")
        assert told.subject_id == str(ticket.pk)
        assert told.actor == "visitor"
        assert told.data == {
            "unit": ticket.unit_id,
            "on": "2024-10-15",
            "number": 1,
            "purpose": "return",
            "priority": "elderly",
        }

    def test_twice_with_one_form_is_one_ticket(self):
        key = uuid4()

        first, second = a_ticket(key=key), a_ticket(key=key)

        assert first.pk == second.pk
        assert Ticket.objects.count() == 1
        assert a_ticket().number == 2

    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            (at("06:30"), "07:00, 15/10/2024"),
            (at("11:00"), "13:00, 15/10/2024"),
            (at("17:00"), "07:00, 16/10/2024"),
            (at("09:00", date(2024, 10, 19)), "07:00, 21/10/2024"),
        ],
    )
    def test_is_refused_outside_service_hours_saying_when_to_come(self, moment, words):
        with pytest.raises(services.OutsideServiceHours, match=words):
            a_ticket(moment=moment)

    def test_is_refused_when_the_counters_close_within_minutes(self, settings):
        settings.QUEUE_LAST_TICKET_MINUTES = 15

        assert a_ticket(moment=at("16:45")).number == 1
        with pytest.raises(services.TooLateToday, match="17:00"):
            a_ticket(moment=at("16:45:01"))
        # Whoever comes before noon is called after it.
        assert a_ticket(moment=at("10:59")).number == 2

    def test_is_refused_on_a_day_that_is_excepted(self):
        unit = a_unit()
        except_service_hours(unit_id=unit.pk, first=TODAY, last=TODAY, reason="Mất điện", at=NOW)

        with pytest.raises(services.OutsideServiceHours):
            a_ticket(unit)

    def test_is_refused_by_a_closed_unit(self):
        unit = a_unit()
        close_unit(unit=unit, on=TODAY - timedelta(days=1), at=NOW)

        with pytest.raises(offices.UnitIsClosed):
            a_ticket(unit)

    def test_is_refused_where_nobody_is_received(self):
        a_unit()
        behind_the_scenes = Unit.objects.filter(role=UnitRole.SPECIALIST).first()

        for unit in (behind_the_scenes, Unit(pk=0)):
            with pytest.raises(offices.NoSuchUnit):
                a_ticket(unit)

    def test_ends_with_the_numbers_of_the_day(self, settings):
        settings.QUEUE_TICKETS_A_DAY = 2
        a_ticket(), a_ticket()

        with pytest.raises(services.TooManyToday):
            a_ticket()
        assert Ticket.objects.count() == 2

    def test_is_slowed_down_at_one_kiosk(self, settings):
        settings.KIOSK_TICKETS_A_MINUTE = 2
        for _time in range(2):
            a_ticket(address="203.0.113.7")

        with pytest.raises(services.TooManyAtOnce):
            a_ticket(address="203.0.113.7")
        assert a_ticket(address="203.0.113.8").number == 3
        assert a_ticket(address="203.0.113.7", moment=NOW + timedelta(minutes=1)).number == 4

    def test_of_a_kiosk_without_limits_is_never_slowed_down(self, settings):
        settings.KIOSK_TICKETS_A_MINUTE = settings.QUEUE_TICKETS_A_DAY = 0

        assert [a_ticket(address="1").number for _time in range(15)][-1] == 15


class TestCancelTicket:
    def test_gives_up_the_place(self):
        ticket, other = a_ticket(), a_ticket()

        services.cancel_ticket(ticket_id=ticket.pk, at=NOW)

        assert queries.line_of(ticket.unit_id, TODAY).waiting == (other.number,)
        assert LedgerEvent.objects.get(kind="queues.ticket-cancelled").data["verb"] == "cancel"

    def test_is_too_late_once_called(self):
        ticket = a_ticket()
        ASeat().calls()

        with pytest.raises(services.TicketHasMovedOn, match="Đã gọi"):
            services.cancel_ticket(ticket_id=ticket.pk, at=NOW)

    def test_does_not_reach_yesterday(self):
        ticket = a_ticket()

        with pytest.raises(services.TicketIsOfAnotherDay):
            services.cancel_ticket(ticket_id=ticket.pk, at=NOW + timedelta(days=1))

    def test_knows_its_tickets(self):
        with pytest.raises(services.NoSuchTicket):
            services.cancel_ticket(ticket_id=0, at=NOW)


class TestExpireTickets:
    def test_ends_what_yesterday_left_and_forgets_where_it_came_from(self):
        waiting, called, served = a_ticket(), a_ticket(), a_ticket()
        seat = ASeat()
        assert seat.finishes().pk == waiting.pk
        seat.calls()

        count = services.expire_tickets(before=TOMORROW, at=NOW + timedelta(days=1))

        states = dict(Ticket.objects.values_list("number", "state"))
        assert count == 2
        assert states == {waiting.number: "served", called.number: "expired", 3: "expired"}
        assert served.number == 3
        assert set(Ticket.objects.values_list("kiosk_mark", flat=True)) == {""}
        assert LedgerEvent.objects.filter(kind="queues.ticket-expired").count() == 2

    def test_leaves_today_alone_and_repeats_safely(self):
        a_ticket()

        assert services.expire_tickets(before=TODAY, at=NOW) == 0
        for expected in (1, 0):
            assert services.expire_tickets(before=TOMORROW, at=NOW) == expected


class TestTheTable:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "called"},
            {"state": "served"},
            {"state": "cancelled"},
            {"state": "transferred", "ended_at": NOW},
            {"state": "nowhere"},
            {"priority": "rich"},
            {"purpose": "gossip"},
            {"ended_at": NOW},
        ],
    )
    def test_keeps_its_truths(self, wrong):
        ticket = a_ticket()

        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(**wrong)
