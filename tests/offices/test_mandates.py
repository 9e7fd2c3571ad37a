"""Who may act where, and on which days."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices import queries, services
from motcua.offices.models import Appointment, PostRole, UnitRole
from tests.builders import (
    NOW,
    TODAY,
    a_citizen,
    a_district,
    a_post,
    an_account,
    an_agency,
    an_officer,
)

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


class TestMandateOf:
    def test_holds_every_post_of_the_day_in_one_statement(self, django_assert_num_queries):
        officer = an_officer(PostRole.RECEIVER, PostRole.CLERK)
        receiver = a_post(PostRole.RECEIVER)
        account = officer.account

        with django_assert_num_queries(1):
            mandate = queries.mandate_of(account, TODAY)

        assert mandate.officer_id == officer.pk
        assert mandate.full_name == officer.full_name
        assert mandate.roles == {"receiver", "clerk"}
        assert mandate.agency_ids == {an_agency().pk}
        assert mandate.holds(PostRole.RECEIVER, receiver.unit_id)
        assert not mandate.holds(PostRole.LEADER, receiver.unit_id)
        assert mandate.unit_ids(PostRole.RECEIVER) == {receiver.unit_id}
        assert len(mandate.unit_ids()) == 2
        assert mandate.posts[0].agency_name == "Ủy ban nhân dân phường Cái Khế"
        assert mandate.posts[0].unit_role == UnitRole.ONE_STOP

    def test_does_not_mix_a_role_here_with_a_unit_there(self):
        here, there = an_agency(), a_district()
        officer = an_officer(PostRole.RECEIVER, agency=here)
        leader = a_post(PostRole.LEADER, agency=there)
        services.appoint(officer=officer, post=leader, valid_from=TODAY, at=NOW)

        mandate = queries.mandate_of(officer.account, TODAY)

        assert mandate.agency_ids == {here.pk, there.pk}
        assert not mandate.holds(PostRole.RECEIVER, leader.unit_id)

    def test_is_none_for_citizens_and_for_officers_without_a_post(self):
        for account in (a_citizen().account, an_account(), an_officer().account):
            with pytest.raises(queries.NotAnOfficer):
                queries.mandate_of(account, TODAY)

    def test_begins_on_the_first_day_and_ends_with_the_last(self):
        officer = an_officer()
        appointment = services.appoint(
            officer=officer, post=a_post(PostRole.LEADER), valid_from=TODAY, at=NOW
        )
        services.end_appointment(appointment=appointment, on=TODAY, at=NOW)

        assert queries.mandate_of(officer.account, TODAY).roles == {"leader"}
        for day in (YESTERDAY, TOMORROW):
            with pytest.raises(queries.NotAnOfficer):
                queries.mandate_of(officer.account, day)

    def test_outlives_the_unit_so_that_nothing_is_left_lying(self):
        officer = an_officer(PostRole.RECEIVER)
        unit = a_post(PostRole.RECEIVER).unit
        services.close_unit(unit=unit, on=YESTERDAY, at=NOW)

        assert queries.mandate_of(officer.account, TODAY).holds(PostRole.RECEIVER, unit.pk)


class TestAppoint:
    def test_is_put_on_record(self):
        officer, post = an_officer(), a_post(PostRole.LEADER)

        made = services.appoint(officer=officer, post=post, valid_from=TODAY, at=NOW, actor="x")

        event = LedgerEvent.objects.get(subject_type="officer", subject_id=str(officer.pk))
        assert (event.kind, event.actor) == ("offices.officer-appointed", "x")
        assert event.data["appointment_id"] == made.pk

    def test_lets_several_officers_share_a_post(self):
        one, other = an_officer(PostRole.RECEIVER), an_officer(PostRole.RECEIVER)

        held = queries.officers_holding(PostRole.RECEIVER, an_agency().pk, TODAY)

        assert held == [one, other]

    @pytest.mark.parametrize(
        ("begins", "ends"),
        [(TODAY, None), (TODAY, TODAY), (YESTERDAY, TODAY), (TODAY, TOMORROW), (YESTERDAY, None)],
    )
    def test_refuses_to_give_a_post_twice_at_once(self, begins, ends):
        officer, post = an_officer(), a_post(PostRole.LEADER)
        services.appoint(officer=officer, post=post, valid_from=TODAY, valid_to=TODAY, at=NOW)

        with pytest.raises(services.AlreadyAppointed):
            services.appoint(officer=officer, post=post, valid_from=begins, valid_to=ends, at=NOW)

    def test_gives_a_post_again_after_a_break(self):
        officer, post = an_officer(), a_post(PostRole.LEADER)
        for day in (YESTERDAY, TODAY, TOMORROW):
            services.appoint(officer=officer, post=post, valid_from=day, valid_to=day, at=NOW)

        assert Appointment.objects.filter(officer=officer).count() == 3

    def test_leaves_no_door_open_for_two_at_once(self):
        officer, post = an_officer(), a_post(PostRole.LEADER)
        Appointment.objects.create(officer=officer, post=post, valid_from=TODAY)

        with (
            pytest.raises(IntegrityError, match="appointment_is_not_held_twice_at_once"),
            transaction.atomic(),
        ):
            Appointment.objects.create(officer=officer, post=post, valid_from=TOMORROW)

    def test_refuses_a_closed_unit(self):
        officer, post = an_officer(), a_post(PostRole.LEADER)
        services.close_unit(unit=post.unit, on=YESTERDAY, at=NOW)

        with pytest.raises(services.UnitIsClosed):
            services.appoint(officer=officer, post=post, valid_from=TODAY, at=NOW)

    def test_refuses_to_end_before_it_begins(self):
        with pytest.raises(services.EndsBeforeItBegins):
            services.appoint(
                officer=an_officer(),
                post=a_post(PostRole.LEADER),
                valid_from=TODAY,
                valid_to=YESTERDAY,
                at=NOW,
            )


class TestEndAppointment:
    @pytest.fixture
    def appointment(self):
        return services.appoint(
            officer=an_officer(), post=a_post(PostRole.LEADER), valid_from=TODAY, at=NOW
        )

    def test_refuses_a_day_before_the_first(self, appointment):
        with pytest.raises(services.EndsBeforeItBegins):
            services.end_appointment(appointment=appointment, on=YESTERDAY, at=NOW)

    def test_makes_no_ended_appointment_longer(self, appointment):
        services.end_appointment(appointment=appointment, on=TODAY, at=NOW)

        with pytest.raises(services.EndsBeforeItBegins):
            services.end_appointment(appointment=appointment, on=TOMORROW, at=NOW)

    def test_refuses_what_was_never_made(self):
        with pytest.raises(services.NoSuchAppointment):
            services.end_appointment(appointment=Appointment(pk=0), on=TODAY, at=NOW)


class TestCloseUnit:
    def test_lets_the_unit_take_nothing_new_after_its_last_day(self, django_assert_num_queries):
        unit = a_post(PostRole.RECEIVER).unit
        services.close_unit(unit=unit, on=TODAY, at=NOW)

        with django_assert_num_queries(1):
            assert queries.check_unit_open(unit.pk, TODAY).agency.name == unit.agency.name
        with pytest.raises(queries.UnitIsClosed):
            queries.check_unit_open(unit.pk, TOMORROW)
        with pytest.raises(queries.NoSuchUnit):
            queries.unit_with_role(unit.agency_id, UnitRole.ONE_STOP, TOMORROW)
        assert LedgerEvent.objects.filter(kind="offices.unit-closed").count() == 1

    def test_happens_once(self):
        unit = a_post(PostRole.RECEIVER).unit
        services.close_unit(unit=unit, on=TODAY, at=NOW)

        with pytest.raises(services.UnitIsClosed):
            services.close_unit(unit=unit, on=TOMORROW, at=NOW)

    def test_refuses_a_day_before_the_unit_was_there(self):
        with pytest.raises(services.ClosesBeforeItOpens):
            services.close_unit(unit=a_post(PostRole.RECEIVER).unit, on=date(1999, 1, 1), at=NOW)

    def test_knows_no_unit_that_never_was(self):
        with pytest.raises(queries.UnitIsClosed):
            queries.check_unit_open(0, TODAY)


class TestUnitWithRole:
    def test_sends_household_business_to_finance_and_planning(self):
        district = a_district()

        def unit_for(procedure):
            return queries.unit_with_role(
                district.pk, UnitRole.SPECIALIST, TODAY, procedure=procedure
            ).name

        assert unit_for("1.001612") == "Phòng Tài chính – Kế hoạch"
        assert unit_for("2.000815") == "Phòng Tư pháp"
        assert unit_for("") == "Phòng Tư pháp"


class TestOfficersHolding:
    def test_begin_with_who_has_held_the_post_longest(self):
        an_officer(PostRole.RECEIVER, since=date(2024, 5, 2))
        senior = an_officer(PostRole.RECEIVER, since=date(2022, 5, 2))

        assert queries.officers_holding(PostRole.RECEIVER, an_agency().pk, TODAY)[0] == senior

    def test_are_none_where_nobody_does(self):
        assert queries.officers_holding(PostRole.LEADER, an_agency().pk, TODAY) == []


class TestRegisterOfficer:
    def test_refuses_a_staff_code_in_use(self):
        services.register_officer(account=an_account(), full_name="A", staff_code="X1")

        with pytest.raises(services.OfficerRegisteredAlready):
            services.register_officer(account=an_account(), full_name="B", staff_code=" X1 ")

    def test_refuses_an_account_that_has_an_officer(self):
        officer = an_officer()

        with pytest.raises(services.OfficerRegisteredAlready):
            services.register_officer(account=officer.account, full_name="B", staff_code="X2")

    @pytest.mark.parametrize(
        ("name", "code"), [("", "X"), ("x" * 151, "X"), ("A", ""), ("A", "x" * 31)]
    )
    def test_refuses_an_empty_or_endless_name(self, name, code):
        with pytest.raises(services.UnusableOfficerData):
            services.register_officer(account=an_account(), full_name=name, staff_code=code)


class TestSettlingAgencies:
    def test_lists_one_kind(self):
        an_agency()

        assert queries.settling_agencies("district", TODAY).count() == 9
        assert queries.settling_agencies("commune", date(2024, 11, 1)).count() == 80


class TestCommunes:
    def test_are_in_vietnamese_order(self):
        an_agency()

        names = [place.name for place in queries.communes(TODAY, district="916")]

        assert names == [
            "An Bình", "An Cư", "An Hòa", "An Khánh", "An Nghiệp", "An Phú", "Cái Khế",
            "Hưng Lợi", "Tân An", "Thới Bình", "Xuân Khánh",
        ]  # fmt: skip

    def test_are_listed_in_one_statement(self, django_assert_num_queries):
        an_agency()

        with django_assert_num_queries(1):
            assert all(place.parent.name for place in queries.communes(TODAY))


class TestDestinationAt:
    def test_is_the_one_stop_unit_of_the_agency_of_that_name(self):
        services.load_city(at=NOW)

        found = queries.destination_at("Sở Tư pháp", TODAY)

        assert found is not None
        unit = queries.check_unit_open(found.receiving_unit_id, TODAY)
        assert (unit.agency.name, unit.role) == ("Sở Tư pháp", UnitRole.ONE_STOP)
        assert found.settling_agency_id == unit.agency_id

    def test_is_nowhere_under_a_name_that_nobody_bears(self):
        assert queries.destination_at("Sở Thú", TODAY) is None
