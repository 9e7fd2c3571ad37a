from datetime import date, timedelta

import pytest

from motcua.calendars import queries
from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.calendars.models import CalendarChange, ChangedDay
from motcua.calendars.seeds import DayKind
from motcua.calendars.services import NotASecondPerson, approve_change, import_days
from motcua.kernel import memory
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.sheets import read_table
from tests.builders import NOW
from tests.kernel.sheets.files import a_table

from .saying import AFTERNOON, MORNING, a_day, a_proposal, an_edition, some_hours

pytestmark = pytest.mark.django_db

# The shipped calendar works on this Tuesday, rests on the Sunday, and on Independence Day.
TUESDAY, SUNDAY, HOLIDAY = date(2024, 10, 15), date(2024, 10, 20), date(2024, 9, 2)
OFF = {"day": "15/10/2024", "kind": "Nghỉ lễ", "name": "Ngày hội", "basis": "QĐ 01/QĐ-UBND"}
MADE_UP = {"day": "20/10/2024", "kind": "Làm bù", "name": "Bù ngày hội", "basis": "QĐ 01/QĐ-UBND"}
EVENTS = LedgerEvent.objects.filter(kind="calendars.change-proposed").order_by("position")
SOME_AGENCY, OTHER_AGENCY = 7, 8


def take(*rows, dry_run=False, approved_by=None):
    reading = read_table(CALENDAR_TABLE, a_table(CALENDAR_TABLE, *rows))
    report = import_days(
        reading=reading, at=NOW, actor="officer:1", approved_by=approved_by, dry_run=dry_run
    )
    memory.forget()
    return report


def works_on(day, agency_id=None, edition=None):
    memory.forget()
    return queries.city_calendar(agency_id, edition).is_working_day(day)


def sessions_of(day, agency_id=None):
    return queries.city_calendar(agency_id).sessions_on(day)


class TestTheCalendarOfTheCity:
    def test_is_the_shipped_one_as_long_as_the_city_says_nothing(self):
        assert works_on(TUESDAY)
        assert not works_on(SUNDAY)
        assert not works_on(HOLIDAY)
        assert queries.current_edition() == 0

    def test_says_what_the_city_says(self):
        an_edition(a_day(TUESDAY), a_day(SUNDAY, DayKind.SWAP_WORK))

        assert not works_on(TUESDAY)
        assert works_on(SUNDAY)
        assert queries.city_calendar().names[TUESDAY] == "Ngày hội"

    def test_takes_a_shipped_day_back(self):
        an_edition(a_day(HOLIDAY, DayKind.ORDINARY))

        assert works_on(HOLIDAY)
        assert HOLIDAY not in queries.city_calendar().names

    def test_says_the_last_that_was_said(self):
        an_edition(a_day(SUNDAY, DayKind.SWAP_WORK))
        an_edition(a_day(SUNDAY, DayKind.ORDINARY))

        assert not works_on(SUNDAY)

    def test_says_nothing_of_what_waits_for_a_second_person(self):
        a_proposal(a_day(TUESDAY))

        assert works_on(TUESDAY)

    def test_is_asked_of_the_database_once_in_a_while(self, django_assert_num_queries):
        queries.city_calendar()

        with django_assert_num_queries(0):
            assert queries.city_calendar() is queries.city_calendar()

    def test_is_the_same_calendar_while_nothing_changes(self):
        before = queries.city_calendar()
        memory.forget()

        assert queries.city_calendar() is before


class TestAnEdition:
    def test_can_be_had_for_ever(self):
        an_edition(a_day(TUESDAY))
        an_edition(a_day(TUESDAY, DayKind.ORDINARY, name="Đi làm"))

        assert queries.current_edition() == 2
        assert [works_on(TUESDAY, edition=edition) for edition in (0, 1, 2)] == [True, False, True]

    def test_that_never_was_is_refused(self):
        with pytest.raises(queries.NoSuchEdition):
            queries.city_calendar(edition=1)

    def test_that_was_approved_elsewhere_is_read_and_not_guessed(self):
        queries.city_calendar()  # remembered for seconds
        change = a_proposal(a_day(TUESDAY))
        approve_change(change_id=change.pk, actor="officer:2", at=NOW)

        assert not queries.city_calendar(edition=1).is_working_day(TUESDAY)

    def test_is_the_first_for_a_clock_that_was_started_before_editions(self):
        an_edition(a_day(TUESDAY))

        editions = queries.editions_for(None)
        assert editions(None).is_working_day(TUESDAY)
        assert not editions(1).is_working_day(TUESDAY)


class TestTheHours:
    def test_are_an_agencys_own_from_a_day_on(self):
        an_edition(some_hours(TUESDAY, MORNING, agency_id=SOME_AGENCY))

        assert sessions_of(TUESDAY, SOME_AGENCY) == (MORNING,)
        assert sessions_of(TUESDAY - timedelta(days=1), SOME_AGENCY) == (MORNING, AFTERNOON)
        assert sessions_of(TUESDAY, OTHER_AGENCY) == (MORNING, AFTERNOON)
        assert queries.city_calendar(OTHER_AGENCY) is queries.city_calendar(None)

    def test_end_with_their_period(self):
        until = TUESDAY + timedelta(days=1)
        an_edition(some_hours(TUESDAY, AFTERNOON, agency_id=SOME_AGENCY, until=until))

        assert sessions_of(until, SOME_AGENCY) == (AFTERNOON,)
        assert sessions_of(until + timedelta(days=1), SOME_AGENCY) == (MORNING, AFTERNOON)

    def test_of_the_agency_win_over_the_citys(self):
        an_edition(some_hours(TUESDAY, MORNING, agency_id=SOME_AGENCY))
        an_edition(some_hours(TUESDAY, AFTERNOON))

        assert sessions_of(TUESDAY, SOME_AGENCY) == (MORNING,)
        assert sessions_of(TUESDAY, OTHER_AGENCY) == (AFTERNOON,)

    def test_may_know_another_weekend_but_work_on_no_holiday(self):
        saturday, new_year = date(2024, 10, 19), date(2025, 1, 1)
        an_edition(some_hours(TUESDAY, MORNING, agency_id=SOME_AGENCY, weekend=frozenset({6})))

        assert works_on(saturday, SOME_AGENCY)
        assert not works_on(date(2024, 10, 12), SOME_AGENCY)
        assert not works_on(saturday, OTHER_AGENCY)
        assert not works_on(new_year, SOME_AGENCY)

    def test_hold_again_on_a_day_that_is_ordinary_after_all(self):
        saturday = date(2024, 10, 19)
        an_edition(some_hours(TUESDAY, MORNING, agency_id=SOME_AGENCY, weekend=frozenset({6})))
        an_edition(a_day(saturday))
        assert not works_on(saturday, SOME_AGENCY)

        an_edition(a_day(saturday, DayKind.ORDINARY))

        assert works_on(saturday, SOME_AGENCY)
        assert not works_on(saturday, OTHER_AGENCY)

    def test_of_a_half_day_are_its_own(self):
        an_edition(a_day(TUESDAY, DayKind.HALF_DAY, sessions=(MORNING,)))

        assert sessions_of(TUESDAY) == (MORNING,)
        assert sessions_of(TUESDAY + timedelta(days=1)) == (MORNING, AFTERNOON)


class TestHoursOfAWeekday:
    def test_hold_with_their_edition_and_not_before(self):
        before = queries.newest_edition()
        saturday = TUESDAY + timedelta(days=4)
        change = an_edition(
            some_hours(
                TUESDAY,
                MORNING,
                AFTERNOON,
                agency_id=SOME_AGENCY,
                weekend=frozenset({6}),
                by_weekday=((5, (MORNING,)),),
            )
        )

        calendar = queries.city_calendar(SOME_AGENCY)
        assert calendar.sessions_on(saturday) == (MORNING,)
        assert calendar.sessions_on(TUESDAY) == (MORNING, AFTERNOON)
        assert queries.city_calendar(SOME_AGENCY, before).sessions_on(saturday) == ()
        [line] = queries.change_with(change.pk).hours
        assert line.told()["by_weekday"] == {"5": [["07:00", "11:00"]]}

    def test_give_way_to_a_half_day(self):
        friday = TUESDAY + timedelta(days=3)
        an_edition(some_hours(TUESDAY, MORNING, AFTERNOON, by_weekday=((4, (MORNING,)),)))
        an_edition(a_day(friday, DayKind.HALF_DAY, sessions=(AFTERNOON,)))

        assert queries.city_calendar().sessions_on(friday) == (AFTERNOON,)
        assert queries.city_calendar().sessions_on(friday + timedelta(days=7)) == (MORNING,)


class TestImportingDays:
    def test_proposes_them_as_one_change(self):
        report = take(OFF, MADE_UP)

        assert (report.new, report.changed, report.unchanged) == (2, 0, 0)
        event = EVENTS.get()
        assert event.actor == "officer:1"
        assert [day["basis"] for day in event.data["days"]] == ["QĐ 01/QĐ-UBND"] * 2
        assert works_on(TUESDAY)
        assert CalendarChange.objects.get().is_open

    def test_approves_them_in_the_name_of_who_agreed(self):
        take(OFF, MADE_UP, approved_by="officer:2")

        assert not works_on(TUESDAY)
        assert works_on(SUNDAY)
        assert CalendarChange.objects.get().decided_by == "officer:2"

    def test_is_approved_by_nobody_who_proposed(self):
        with pytest.raises(NotASecondPerson):
            take(OFF, approved_by="officer:1")

    @pytest.mark.parametrize("approved_by", [None, "officer:2"])
    def test_twice_changes_nothing(self, approved_by):
        take(OFF, MADE_UP, approved_by=approved_by)

        report = take(OFF, MADE_UP, approved_by=approved_by)

        assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
        assert EVENTS.count() == 1

    def test_anew_proposes_only_what_is_other(self):
        take(OFF, MADE_UP, approved_by="officer:2")

        report = take({**OFF, "kind": "Nghỉ hoán đổi"}, MADE_UP)

        assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
        [day] = EVENTS.last().data["days"]
        assert day["kind"] == "swap_off"

    def test_rehearsed_writes_nothing_and_tells_the_same(self):
        report = take(OFF, dry_run=True)

        assert (report.new, report.is_rehearsal) == (1, True)
        assert not CalendarChange.objects.exists()
        assert not EVENTS.exists()

    def test_with_a_day_told_twice_takes_in_none(self):
        report = take(OFF, MADE_UP, {**OFF, "kind": "Làm bù"})

        [problem] = report.problems
        assert (problem.cell, "dòng 2" in problem.message) == ("A4", True)
        assert not ChangedDay.objects.exists()

    def test_with_a_bad_cell_takes_in_none(self):
        report = take(OFF, {**MADE_UP, "kind": "Nghỉ phép"})

        assert [problem.cell for problem in report.problems] == ["B3"]
        assert not ChangedDay.objects.exists()
        assert not EVENTS.exists()

    def test_with_a_day_that_cannot_be_says_at_which_row(self):
        report = take(OFF, {**MADE_UP, "day": "02/09/2024"})

        [problem] = report.problems
        assert problem.cell == "A3"
        assert "là ngày nghỉ lễ, không thể làm bù" in problem.message
        assert not ChangedDay.objects.exists()
