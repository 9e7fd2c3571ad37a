"""How long procedures take: worked by hand, in the unit of the limit, without what stood still."""

from datetime import datetime, timedelta
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars.limits import LimitUnit
from motcua.calendars.seeds import shipped_calendar
from motcua.dossiers import services as dossiers
from motcua.kernel.clock import CITY_TIME
from motcua.steering.definitions import Period
from motcua.steering.definitions.settling_times import (
    Settled,
    SettlingTime,
    time_used,
    unit_of,
)
from motcua.steering.queries import (
    TooManyToAdd,
    decided_by_procedure,
    settling_time,
    settling_times,
)
from tests.builders import NOW, TODAY, ADesk, a_file, the_version
from tests.steering.test_recount import LATER, OCTOBER, follow

DAY = timedelta(days=1)
HOUR, WORKING_DAY, CALENDAR_DAY = LimitUnit.HOUR, LimitUnit.WORKING_DAY, LimitUnit.DAY
BIRTH = "1.001193"


def at(day, hour, minute=0) -> datetime:
    return datetime(2024, 10, day, hour, minute, tzinfo=CITY_TIME)


def used(received, ended, *pauses, unit=WORKING_DAY) -> F:
    settled = Settled(1, received, ended, pauses)
    return time_used(settled, unit=unit, calendar=shipped_calendar())


class TestTimeUsed:
    def test_is_working_time_in_days_of_eight_hours(self):
        assert used(at(15, 9), at(16, 9)) == 1
        assert used(at(15, 9), at(15, 10, 20)) == F(1, 6)
        assert used(at(15, 10), at(15, 14)) == F(1, 4)  # lunch is between
        assert used(at(18, 16), at(21, 8)) == F(1, 4)  # and a weekend

    def test_is_told_in_hours_and_in_days_of_the_calendar(self):
        assert used(at(15, 10), at(15, 14), unit=HOUR) == 2
        assert used(at(18, 12), at(21, 0), unit=CALENDAR_DAY) == F(5, 2)

    def test_leaves_out_what_stood_still(self):
        paused = (at(15, 10), at(16, 10))

        assert used(at(15, 9), at(17, 9), paused) == 1
        assert used(at(15, 0), at(17, 0), paused, unit=CALENDAR_DAY) == 1
        assert used(at(15, 9), at(15, 10), (at(15, 9), at(15, 10))) == 0

    @given(st.lists(st.integers(0, 40 * 24 * 60), min_size=4, max_size=4).map(sorted))
    def test_is_never_less_than_nothing_and_adds_up(self, minutes):
        start, since, until, end = (at(1, 0) + timedelta(minutes=each) for each in minutes)
        for unit in (HOUR, WORKING_DAY, CALENDAR_DAY):
            parts = used(start, since, unit=unit) + used(until, end, unit=unit)
            assert used(start, end, (since, until), unit=unit) == parts >= 0


class TestUnit:
    @pytest.mark.parametrize(
        ("units", "told_in"),
        [
            ([HOUR], HOUR),
            ([WORKING_DAY, WORKING_DAY], WORKING_DAY),
            ([CALENDAR_DAY, LimitUnit.MONTH], CALENDAR_DAY),
            ([HOUR, CALENDAR_DAY], WORKING_DAY),
            ([], WORKING_DAY),
        ],
    )
    def test_is_the_one_of_all_limits_or_the_working_day(self, units, told_in):
        assert unit_of(units) is told_in


def test_the_average_of_nothing_is_none():
    assert SettlingTime(unit=HOUR, dossiers=0, total=F()).average is None
    assert SettlingTime(unit=HOUR, dossiers=3, total=F(1)).average == F(1, 3)


@pytest.mark.django_db
class TestSettlingTime:
    def told(self, period=OCTOBER, **asked):
        follow()
        [agency] = self.desk.processor.agency_ids
        whose = {"at": LATER, "agency_ids": [agency]} | asked
        return settling_time(the_version(BIRTH), period, **whose)

    @pytest.fixture(autouse=True)
    def _a_desk(self):
        self.desk = ADesk()

    def decided(self, dossier, *, at):
        dossiers.decide_dossier(
            dossier_id=dossier.pk,
            mandate=self.desk.leader,
            outcome="granted",
            number="125/KS",
            summary="Đã đăng ký khai sinh.",
            at=at,
        )

    def test_adds_up_exactly_what_was_decided_in_the_period(self):
        self.decided(self.desk.proposed(), at=NOW + timedelta(hours=3))  # two, and lunch
        tomorrow = NOW + DAY
        self.decided(self.desk.proposed(at=tomorrow), at=tomorrow + timedelta(minutes=20))
        self.desk.taken_up()
        self.desk.stopped()

        found = self.told()
        assert (found.unit, found.dossiers, found.total) == (WORKING_DAY, 2, F(7, 24))
        assert found.average == F(7, 48)
        assert self.told(Period.month(2024, 11)).dossiers == 0
        assert self.told(as_of=TODAY).total == F(1, 4)
        [agency] = self.desk.processor.agency_ids
        assert decided_by_procedure(OCTOBER, at=LATER, agency_ids=[agency]) == {BIRTH: 2}

    def test_leaves_out_the_time_that_the_applicant_took(self):
        waiting = self.desk.awaiting_supplement()
        dossiers.supplement_dossier(
            dossier_id=waiting.pk,
            person=waiting.owner,
            attachments=[dossiers.Attachment(key="birth_certificate", file=a_file(waiting.owner))],
            at=NOW + 2 * DAY,
        )
        dossiers.propose_outcome(
            dossier_id=waiting.pk,
            mandate=self.desk.processor,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=NOW + 2 * DAY + timedelta(hours=1),
        )
        self.decided(waiting, at=NOW + 2 * DAY + timedelta(hours=1))

        assert self.told().total == F(1, 8)

    def test_refuses_to_add_up_too_many(self, monkeypatch):
        monkeypatch.setattr(settling_times, "MOST", 1)
        for _time in range(2):
            self.decided(self.desk.proposed(), at=NOW)

        with pytest.raises(TooManyToAdd, match="kỳ ngắn hơn"):
            self.told()
