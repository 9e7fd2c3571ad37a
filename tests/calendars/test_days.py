from datetime import date

import pytest

from motcua.calendars import queries
from motcua.calendars.definitions import CALENDAR_TABLE
from motcua.calendars.models import CalendarDay
from motcua.calendars.seeds import DayKind
from motcua.calendars.services import import_days, set_day
from motcua.kernel import memory
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.sheets import read_table
from tests.builders import NOW
from tests.kernel.sheets.files import a_table

pytestmark = pytest.mark.django_db

# The shipped calendar works on this Tuesday, rests on the Sunday, and on Independence Day.
TUESDAY, SUNDAY, HOLIDAY = date(2024, 10, 15), date(2024, 10, 20), date(2024, 9, 2)
OFF = {"day": "15/10/2024", "kind": "Nghỉ lễ", "name": "Ngày hội", "basis": "QĐ 01/QĐ-UBND"}
MADE_UP = {"day": "20/10/2024", "kind": "Làm bù", "name": "Bù ngày hội", "basis": "QĐ 01/QĐ-UBND"}
EVENTS = LedgerEvent.objects.filter(kind="calendars.day-set").order_by("position")


def take(*rows, dry_run=False):
    reading = read_table(CALENDAR_TABLE, a_table(CALENDAR_TABLE, *rows))
    return import_days(reading=reading, at=NOW, actor="officer:1", dry_run=dry_run)


def works_on(day):
    memory.forget()
    return queries.city_calendar().is_working_day(day)


class TestTheCalendarOfTheCity:
    def test_is_the_shipped_one_as_long_as_the_city_says_nothing(self):
        assert works_on(TUESDAY)
        assert not works_on(SUNDAY)
        assert not works_on(HOLIDAY)

    def test_says_what_the_city_says(self):
        take(OFF, MADE_UP)

        assert not works_on(TUESDAY)
        assert works_on(SUNDAY)

    def test_takes_a_shipped_day_back(self):
        set_day(day=HOLIDAY, kind=DayKind.ORDINARY, name="Đi làm", basis="QĐ 02", at=NOW)

        assert works_on(HOLIDAY)

    def test_says_the_last_that_was_said(self):
        take(MADE_UP)
        take({**MADE_UP, "kind": "Ngày thường"})

        assert not works_on(SUNDAY)

    def test_is_asked_of_the_database_once_in_a_while(self, django_assert_num_queries):
        queries.city_calendar()

        with django_assert_num_queries(0):
            assert queries.city_calendar() is queries.city_calendar()

    def test_is_the_same_calendar_while_nothing_changes(self):
        before = queries.city_calendar()
        memory.forget()

        assert queries.city_calendar() is before


class TestImportingDays:
    def test_tells_who_what_and_on_which_basis(self):
        report = take(OFF, MADE_UP)

        assert (report.new, report.changed, report.unchanged) == (2, 0, 0)
        event = EVENTS[0]
        assert event.actor == "officer:1"
        assert event.data["basis"] == "QĐ 01/QĐ-UBND"
        assert event.data["before"] == ""

    def test_twice_changes_nothing(self):
        take(OFF, MADE_UP)

        report = take(OFF, MADE_UP)

        assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
        assert EVENTS.count() == 2

    def test_anew_changes_only_what_is_other(self):
        take(OFF, MADE_UP)

        report = take({**OFF, "kind": "Nghỉ hoán đổi"}, MADE_UP)

        assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
        assert EVENTS.last().data["before"] == "holiday"

    def test_rehearsed_writes_nothing_and_tells_the_same(self):
        report = take(OFF, dry_run=True)

        assert (report.new, report.is_rehearsal) == (1, True)
        assert not CalendarDay.objects.exists()
        assert not EVENTS.exists()

    def test_with_a_day_told_twice_takes_in_none(self):
        report = take(OFF, MADE_UP, {**OFF, "kind": "Làm bù"})

        [problem] = report.problems
        assert (problem.cell, "dòng 2" in problem.message) == ("A4", True)
        assert not CalendarDay.objects.exists()

    def test_with_a_bad_cell_takes_in_none(self):
        report = take(OFF, {**MADE_UP, "kind": "Nghỉ phép"})

        assert [problem.cell for problem in report.problems] == ["B3"]
        assert not CalendarDay.objects.exists()
        assert not EVENTS.exists()


class TestSettingADay:
    def test_twice_is_once(self):
        said = {"day": TUESDAY, "kind": DayKind.HOLIDAY, "name": "Hội", "basis": "QĐ", "at": NOW}

        assert [set_day(**said), set_day(**said)] == [True, False]
        assert EVENTS.count() == 1
