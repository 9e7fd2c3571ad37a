from collections import Counter
from datetime import date, timedelta

import pytest

from motcua.calendars import seeds
from motcua.calendars.seeds import DayKind, InvalidCalendar

YEARS = range(2023, 2028)


class TestCityCalendar:
    @pytest.mark.parametrize(
        "day",
        [
            date(2024, 2, 8), date(2024, 2, 14), date(2024, 4, 18), date(2024, 4, 29),
            date(2024, 9, 3), date(2025, 1, 27), date(2025, 5, 2), date(2025, 9, 1),
            date(2023, 1, 2), date(2023, 1, 20), date(2023, 5, 3), date(2023, 9, 4),
            date(2026, 2, 16), date(2026, 4, 27), date(2027, 4, 16),
        ],
    )  # fmt: skip
    def test_is_off_on_holidays_and_swapped_days(self, day):
        assert not seeds.shipped_calendar().is_working_day(day)

    @pytest.mark.parametrize(
        "day",
        [
            date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22),
            date(2024, 2, 15), date(2024, 5, 2), date(2026, 11, 24),
        ],
    )  # fmt: skip
    def test_works_on_made_up_saturdays_and_between(self, day):
        assert seeds.shipped_calendar().is_working_day(day)

    def test_works_eight_hours_a_day(self):
        assert seeds.shipped_calendar().day_length == timedelta(hours=8)


class TestCalendarDays:
    @pytest.mark.parametrize("year", YEARS)
    def test_hold_the_eleven_days_of_the_labour_code_each_year(self, year):
        """A holiday on a weekend costs a weekday, so eleven weekdays are off in all."""
        off = [
            day
            for day in seeds.calendar_days()
            if day.day.year == year and day.kind is DayKind.HOLIDAY and day.day.weekday() < 5
        ]

        assert len(off) == 11

    @pytest.mark.parametrize("year", YEARS)
    def test_give_back_every_swapped_day_on_a_saturday(self, year):
        kinds = Counter(day.kind for day in seeds.calendar_days() if day.day.year == year)
        made_up = [d for d in seeds.calendar_days() if d.kind is DayKind.SWAP_WORK]

        assert kinds[DayKind.SWAP_OFF] == kinds[DayKind.SWAP_WORK]
        assert {day.day.weekday() for day in made_up} == {5}

    def test_name_their_basis(self):
        assert all(day.name and day.basis for day in seeds.calendar_days())

    def test_are_certain_for_the_years_that_are_over(self):
        assert all(day.certain for day in seeds.calendar_days() if day.day.year < 2026)


class TestInvalidCalendar:
    HEAD = 'sessions: [{opens: "07:00", closes: "11:00"}]\nweekend: [5, 6]\n'
    DAY = '{from: 2024-01-01, kind: holiday, name: "A", basis: "B", certain: true}'

    @pytest.mark.parametrize(
        ("told", "complaint"),
        [
            ("[]", "is not a calendar"),
            ("weekend: [5]", "sessions"),
            ("sessions: []\nweekend: [5]", "sessions"),
            (HEAD + f"days: [{DAY}, {DAY}]", r"days\[2\] tells 2024-01-01 once more"),
            (HEAD + "days: [{from: 2024-01-01, kind: feast}]", r"days\[1\].*feast"),
            (HEAD + "days: [{from: 1/1/2024, kind: holiday}]", r"days\[1\] does not run"),
            (
                HEAD + "days: [{from: 2024-01-02, to: 2024-01-01, kind: holiday}]",
                r"days\[1\] does not run",
            ),
            (HEAD + "days: [{kind: holiday}]", r"days\[1\].*from"),
        ],
    )
    def test_is_refused_with_the_place_of_the_fault(self, tmp_path, told, complaint):
        path = tmp_path / "calendar.yaml"
        path.write_text(told, encoding="utf-8")

        with pytest.raises(InvalidCalendar, match=complaint) as refusal:
            seeds.calendar_from(path)
        assert str(path) in str(refusal.value)
