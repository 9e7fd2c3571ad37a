"""Criteria 1.1 and 1.2 in small worlds worked by hand, and as they were known on past days."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from motcua.calendars.queries import city_calendar, edition_of
from motcua.calendars.services import approve_change
from motcua.kernel import memory
from motcua.kernel.clock import CITY_TIME
from motcua.procedures.models import PortalPublication
from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import (
    Quantity,
    State,
    working_days_after,
    working_days_before,
)
from motcua.steering.queries.index766 import figures, verify
from tests.builders import NOW, ADesk, an_agency
from tests.calendars.saying import APPROVER, a_day, a_proposal
from tests.procedures.register import BIRTH, BUSINESS, COPY, JUSTICE, ARegister
from tests.steering.test_recount import follow

pytestmark = pytest.mark.django_db

Q = Quantity
DAY = timedelta(days=1)
AUGUST, SEPTEMBER, OCTOBER = (Period.month(2024, month) for month in (8, 9, 10))


@pytest.fixture(autouse=True)
def _a_city():
    ADesk().accepted()
    follow()


def numbers(period, *, of=None, as_of=None, at=NOW):
    """Return announced, in time, due, in time; the recount must say the same."""
    found = figures(period, as_of=as_of, at=at)
    assert verify(found).differences == ()
    whose = found.subjects.city if of is None else found.subjects.with_code(an_agency(of).code)
    amounts = found.amounts(whose)
    return tuple(
        amounts[each]
        for each in (Q.ANNOUNCED, Q.ANNOUNCED_ON_TIME, Q.UPDATE_DUE, Q.UPDATED_ON_TIME)
    )


class TestDays:
    def test_are_counted_across_the_holiday_of_september(self):
        calendar = city_calendar()  # 31 August to 3 September 2024 were off

        assert working_days_before(calendar, date(2024, 9, 9), 5) == date(2024, 8, 29)
        assert working_days_after(calendar, date(2024, 8, 29), 5) == date(2024, 9, 9)

    def test_are_counted_through_a_saturday_that_makes_up(self):
        calendar = city_calendar()  # Monday 29 April 2024 was off for Saturday 4 May

        assert working_days_after(calendar, date(2024, 4, 26), 3) == date(2024, 5, 4)
        assert working_days_before(calendar, date(2024, 5, 6), 3) == date(2024, 5, 2)

    def test_do_not_count_the_day_itself_even_where_nobody_works_on_it(self):
        calendar = city_calendar()

        assert working_days_before(calendar, date(2024, 9, 2), 1) == date(2024, 8, 30)
        assert working_days_after(calendar, date(2024, 10, 12), 1) == date(2024, 10, 14)


class TestAnnouncedInTime:
    def test_leaves_exactly_five_working_days_across_a_holiday(self):
        register = ARegister()
        effective = date(2024, 9, 9)
        register.record(BIRTH, signed_on=date(2024, 8, 29), effective_on=effective)
        register.record(COPY, signed_on=date(2024, 8, 30), effective_on=effective)

        assert numbers(AUGUST)[:2] == (2, 1)

    def test_counts_a_procedure_of_two_decisions_once_and_late_once_as_late(self):
        register = ARegister()
        register.record(BIRTH, COPY, signed_on=date(2024, 8, 5), effective_on=date(2024, 9, 9))
        register.record(BIRTH, signed_on=date(2024, 8, 19), effective_on=date(2024, 8, 20))

        assert numbers(AUGUST)[:2] == (2, 1)

    def test_counts_to_the_month_of_the_signing(self):
        register = ARegister()
        register.record(BIRTH, signed_on=date(2024, 8, 31), effective_on=date(2024, 9, 30))
        register.record(COPY, signed_on=date(2024, 9, 1), effective_on=date(2024, 9, 30))

        assert numbers(AUGUST)[:2] == (1, 1)
        assert numbers(SEPTEMBER)[:2] == (1, 1)
        assert numbers(Period.quarter(2024, 3))[:2] == (2, 2)

    def test_counts_for_whoever_proposed_it_and_for_the_city(self):
        register = ARegister()
        register.record(BIRTH, COPY, signed_on=date(2024, 8, 5), effective_on=date(2024, 9, 9))
        register.record(
            BIRTH, BUSINESS,
            agency="Sở Kế hoạch và Đầu tư",
            signed_on=date(2024, 8, 6),
            effective_on=date(2024, 8, 7),
        )  # fmt: skip

        assert numbers(AUGUST)[:2] == (3, 1)
        assert numbers(AUGUST, of=JUSTICE)[:2] == (2, 2)
        assert numbers(AUGUST, of="Sở Kế hoạch và Đầu tư")[:2] == (2, 0)
        assert numbers(AUGUST, of="Sở Ngoại vụ")[:2] == (0, 0)


class TestPublishedInTime:
    def test_takes_the_fifth_working_day_and_no_later_one(self):
        register = ARegister()
        signed = {"signed_on": date(2024, 8, 29), "effective_on": date(2024, 9, 9)}
        announcement = register.record(BIRTH, COPY, BUSINESS, **signed)
        register.publish(announcement, BIRTH, on=date(2024, 9, 9))
        register.publish(announcement, COPY, on=date(2024, 9, 10))

        assert numbers(SEPTEMBER) == (0, 0, 3, 1)
        assert numbers(AUGUST) == (3, 3, 0, 0)

    def test_counts_what_is_still_within_time_only_once_it_is_published(self):
        register = ARegister()  # it is Tuesday 15 October
        today = register.record(BIRTH, COPY, signed_on=date(2024, 10, 8))
        register.record(BUSINESS, signed_on=date(2024, 10, 7))
        register.publish(today, BIRTH, on=date(2024, 10, 15))

        assert numbers(OCTOBER)[2:] == (2, 1)
        assert numbers(OCTOBER, as_of=date(2024, 10, 15))[2:] == (3, 1)
        assert numbers(OCTOBER, at=NOW + DAY)[2:] == (3, 1)

    def test_counts_a_procedure_of_two_decisions_once_and_late_once_as_late(self):
        register = ARegister()
        first = register.record(BIRTH, signed_on=date(2024, 9, 9))
        second = register.record(BIRTH, signed_on=date(2024, 9, 16))
        register.publish(first, on=date(2024, 9, 10))
        register.publish(second, on=date(2024, 9, 30))

        assert numbers(SEPTEMBER)[2:] == (1, 0)


class TestKnownThen:
    def test_is_nothing_until_somebody_keeps_the_register(self):
        ARegister().record(at=NOW)

        before = figures(OCTOBER, as_of=date(2024, 10, 14), at=NOW)
        assert before.amounts(before.subjects.city)[Q.ANNOUNCED] is None
        score = before.score(before.subjects.city)
        assert score.of("PUBLISH_ON_TIME").state is State.NO_DATA
        assert numbers(SEPTEMBER) == (1, 1, 0, 0)
        assert verify(before).differences == ()

    def test_says_that_nothing_was_announced_in_a_month_without_decisions(self):
        ARegister().record()
        found = figures(AUGUST, at=NOW)

        assert found.score(found.subjects.city).of("PUBLISH_ON_TIME").state is State.EMPTY

    def test_does_not_change_with_what_is_corrected_later(self):
        register = ARegister()
        announcement = register.record(BIRTH, COPY)  # signed on 30 September
        register.publish(announcement, BIRTH, COPY)
        then = numbers(OCTOBER, as_of=date(2024, 10, 15))

        register.unpublish(announcement, at=NOW + DAY)
        register.publish(announcement, on=date(2024, 10, 8), at=NOW + DAY)
        later = NOW + 2 * DAY
        assert numbers(OCTOBER, as_of=date(2024, 10, 15), at=later) == then == (0, 0, 2, 2)
        assert numbers(OCTOBER, at=later) == (0, 0, 2, 1)

        register.strike(announcement, at=later)
        assert numbers(OCTOBER, as_of=date(2024, 10, 15), at=later) == then
        assert numbers(OCTOBER, at=later) == (0, 0, 0, 0)

    def test_counts_by_the_calendar_of_that_time(self):
        register = ARegister()
        announcement = register.record(signed_on=date(2024, 9, 30))
        register.publish(announcement, on=date(2024, 10, 8))  # a day late
        before = numbers(OCTOBER, as_of=date(2024, 10, 15))

        change = a_proposal(a_day(date(2024, 10, 1)), at=NOW + DAY)
        approve_change(change_id=change.pk, actor=APPROVER, at=NOW + DAY)
        memory.forget()

        assert edition_of(date(2024, 10, 15)) == 0
        assert edition_of(date(2024, 10, 16)) == 1
        later = NOW + 2 * DAY
        assert numbers(OCTOBER, as_of=date(2024, 10, 15), at=later) == before == (0, 0, 1, 0)
        assert numbers(OCTOBER, at=later) == (0, 0, 1, 1)


def test_the_recount_notices_a_register_that_was_tampered_with():
    register = ARegister()
    register.publish(register.record())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # past its triggers
        PortalPublication.objects.update(published_on=date(2024, 10, 11))
        cursor.execute("SET LOCAL session_replication_role = origin")

    found = figures(OCTOBER, at=datetime(2024, 10, 20, tzinfo=CITY_TIME))
    assert {each.what for each in verify(found).differences} == {"updated_on_time"}
