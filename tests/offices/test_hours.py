"""When counters serve, and that deadlines do not care."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError

from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices import queries, services
from motcua.offices.definitions import CITY_OF_2024, InvalidCityFile, Span, read_city
from motcua.offices.models import Agency, ServiceHours, Unit, UnitRole
from tests.builders import NOW, TODAY, ADesk, a_dossier, an_agency

pytestmark = pytest.mark.django_db

MORNING = Span(opens=time(7), closes=time(11))
AFTERNOON = Span(opens=time(13), closes=time(17))
OFFICE = (MORNING, AFTERNOON)
SATURDAY = 5


def at(clock_time: str, on: date = TODAY) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock_time), CITY_TIME).astimezone(UTC)


@pytest.fixture
def unit():
    return one_stop_of("Ủy ban nhân dân phường Cái Khế")


def one_stop_of(name):
    return queries.unit_with_role(an_agency(name).pk, UnitRole.ONE_STOP, TODAY)


class TestTheCityFile:
    def test_opens_a_ward_in_office_hours(self, unit):
        assert queries.service_hours(unit.pk, TODAY) == OFFICE

    def test_opens_a_department_when_the_service_centre_does(self):
        centre = one_stop_of("Sở Tư pháp")

        assert queries.service_hours(centre.pk, TODAY) == (
            Span(opens=time(7), closes=time(10, 30)),
            Span(opens=time(13), closes=time(16, 30)),
        )
        assert queries.service_hours(centre.pk, date(2024, 2, 23)) == OFFICE

    def test_gives_hours_to_every_one_stop_unit_and_no_other(self, unit):
        units = set(ServiceHours.objects.values_list("unit__role", flat=True))

        assert units == {UnitRole.ONE_STOP}
        assert ServiceHours.objects.values("unit").distinct().count() == 26 + 2 + 83

    def test_leaves_alone_what_the_city_has_changed_since(self, unit):
        services.set_service_hours(
            unit_id=unit.pk, weekdays=[0], spans=[MORNING], since=TODAY, at=NOW
        )

        again = services.load_city(at=NOW)

        assert again == services.CityLoad(created=0, changed=0)
        assert queries.service_hours(unit.pk, date(2024, 10, 21)) == (MORNING,)

    @pytest.mark.parametrize(
        ("instead", "complaint"),
        [
            ('["13:00-17:00", "07:00-11:00"]', "follow each other"),
            ('["07:00-25:00"]', "service_hours"),
            ('["11:00-07:00"]', "follow each other"),
        ],
    )
    def test_is_refused_when_its_hours_make_no_sense(self, tmp_path, instead, complaint):
        wrong = tmp_path / "city.yaml"
        wrong.write_text(
            CITY_OF_2024.read_text().replace('["07:00-11:00", "13:00-17:00"]', instead)
        )

        with pytest.raises(InvalidCityFile, match=complaint):
            read_city(wrong)

    def test_is_refused_when_a_weekday_has_hours_twice(self, tmp_path):
        wrong = tmp_path / "city.yaml"
        wrong.write_text(CITY_OF_2024.read_text().replace("    until: 2024-02-25\n", ""))

        with pytest.raises(InvalidCityFile, match="has hours already"):
            read_city(wrong)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("clock_time", "open_"),
        [
            ("06:59:59", False),
            ("07:00", True),
            ("10:59:59", True),
            ("11:00", False),
            ("12:00", False),
            ("13:00", True),
            ("17:00", False),
        ],
    )
    def test_begins_with_the_first_minute_and_ends_before_the_last(self, unit, clock_time, open_):
        assert queries.is_open(unit.pk, at(clock_time)) is open_

    @pytest.mark.parametrize(
        "on",
        [
            date(2024, 10, 19),  # Saturday
            date(2024, 9, 2),  # National Day, a Monday
            date(2024, 4, 29),  # swapped off, a Monday
        ],
    )
    def test_is_not_on_a_day_off(self, unit, on):
        assert not queries.is_open(unit.pk, at("09:00", on))

    def test_is_on_a_saturday_made_up_for_another_day(self, unit):
        made_up = date(2024, 5, 4)

        assert queries.service_hours(unit.pk, made_up) == OFFICE

    def test_is_not_once_the_unit_is_closed(self, unit):
        services.close_unit(unit=unit, on=TODAY - timedelta(days=1), at=NOW)

        assert not queries.is_open(unit.pk, at("09:00"))

    def test_may_be_on_saturday_mornings(self, unit):
        services.set_service_hours(
            unit_id=unit.pk, weekdays=[SATURDAY], spans=[MORNING], since=TODAY, at=NOW
        )

        assert queries.is_open(unit.pk, at("09:00", date(2024, 10, 19)))
        assert not queries.is_open(unit.pk, at("14:00", date(2024, 10, 19)))
        assert not queries.is_open(unit.pk, at("09:00", date(2024, 10, 12)))


class TestNextOpening:
    @pytest.mark.parametrize(
        ("moment", "opens"),
        [
            (at("06:00"), at("07:00")),
            (at("07:00"), at("07:00")),
            (at("11:30"), at("13:00")),
            (at("17:00"), at("07:00", date(2024, 10, 16))),
            (at("17:00", date(2024, 10, 18)), at("07:00", date(2024, 10, 21))),
            # The whole of Tết lies between.
            (at("17:00", date(2024, 2, 7)), at("07:00", date(2024, 2, 15))),
        ],
    )
    def test_finds_the_next_door_that_opens(self, unit, moment, opens):
        assert queries.next_opening(unit.pk, moment) == opens

    def test_is_none_for_a_unit_without_hours(self, unit):
        services.set_service_hours(
            unit_id=unit.pk, weekdays=range(7), spans=[], since=TODAY, at=NOW
        )

        assert queries.next_opening(unit.pk, NOW) is None

    def test_is_none_once_the_unit_or_its_agency_is_closed(self, unit):
        ends = {"valid_to": TODAY - timedelta(days=1)}
        for closing in (Unit.objects.filter(pk=unit.pk), Agency.objects.filter(pk=unit.agency_id)):
            closing.update(**ends)

            assert queries.next_opening(unit.pk, NOW) is None
            assert not any(spans for _day, spans in queries.week_of(unit.pk, TODAY))

            closing.update(valid_to=None)

    def test_reads_hours_once_and_the_calendar_once(self, unit, django_assert_num_queries):
        # The city's days are remembered from here on; with them in memory it is one statement.
        with django_assert_num_queries(2):
            queries.next_opening(unit.pk, at("17:00", date(2024, 2, 7)))
        with django_assert_num_queries(1):
            queries.next_opening(unit.pk, at("17:00", date(2024, 2, 7)))


class TestSetServiceHours:
    def test_ends_what_held_before_and_keeps_it_for_the_past(self, unit):
        longer = Span(opens=time(7), closes=time(12))
        since = date(2024, 10, 21)
        services.set_service_hours(
            unit_id=unit.pk, weekdays=[0, 1], spans=[longer], since=since, at=NOW
        )

        assert queries.service_hours(unit.pk, since) == (longer,)
        assert queries.service_hours(unit.pk, date(2024, 10, 14)) == OFFICE
        assert queries.service_hours(unit.pk, date(2024, 10, 23)) == OFFICE
        told = LedgerEvent.objects.get(kind="offices.service-hours-set")
        assert told.data == {
            "weekdays": [0, 1], "spans": ["07:00-12:00"], "since": "2024-10-21",
        }  # fmt: skip

    def test_said_twice_is_said_once(self, unit):
        for _time in range(2):
            services.set_service_hours(
                unit_id=unit.pk, weekdays=[0], spans=[MORNING], since=TODAY, at=NOW
            )

        assert queries.service_hours(unit.pk, date(2024, 10, 21)) == (MORNING,)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"spans": [AFTERNOON, MORNING]},
            {"spans": [Span(opens=time(9), closes=time(9))]},
            {"weekdays": [7]},
            {"weekdays": []},
            {"since": TODAY - timedelta(days=1)},
        ],
    )
    def test_refuses_what_is_no_week(self, unit, wrong):
        how = {"weekdays": [0], "spans": [MORNING], "since": TODAY, **wrong}
        with pytest.raises(services.UnusableHours):
            services.set_service_hours(unit_id=unit.pk, at=NOW, **how)

    def test_knows_its_units(self):
        with pytest.raises(services.NoSuchUnit):
            services.set_service_hours(unit_id=0, weekdays=[0], spans=[], since=TODAY, at=NOW)


class TestExceptServiceHours:
    def test_closes_some_days_and_opens_others(self, unit):
        sunday = date(2024, 10, 20)
        say(unit, TODAY, TODAY, reason="Mất điện")
        say(unit, sunday, sunday, MORNING, reason="Trả kết quả căn cước")

        assert queries.service_hours(unit.pk, TODAY) == ()
        assert queries.service_hours(unit.pk, sunday) == (MORNING,)
        assert queries.service_hours(unit.pk, TODAY + timedelta(days=1)) == OFFICE

    def test_opens_even_a_holiday(self, unit):
        holiday = date(2025, 1, 1)
        assert queries.service_hours(unit.pk, holiday) == ()
        say(unit, holiday, holiday, MORNING)

        assert queries.service_hours(unit.pk, holiday) == (MORNING,)

    def test_said_again_replaces_what_was_said(self, unit):
        say(unit, TODAY, TODAY)
        say(unit, TODAY, TODAY, AFTERNOON)
        say(unit, TODAY, TODAY, AFTERNOON)

        assert queries.service_hours(unit.pk, TODAY) == (AFTERNOON,)

    def test_is_not_said_of_days_that_have_another(self, unit):
        say(unit, TODAY, TODAY + timedelta(days=2))

        with pytest.raises(services.AlreadyExcepted):
            say(unit, TODAY + timedelta(days=2), TODAY + timedelta(days=3), MORNING)

    def test_needs_days_in_order(self, unit):
        with pytest.raises(services.UnusableHours):
            say(unit, TODAY + timedelta(days=1), TODAY)

    def test_is_not_said_of_days_that_are_over(self, unit):
        with pytest.raises(services.UnusableHours):
            say(unit, TODAY - timedelta(days=1), TODAY)


class TestLiftServiceException:
    def lift(self, unit, first, last):
        services.lift_service_exception(unit_id=unit.pk, first=first, last=last, at=NOW)

    def test_gives_the_days_back_to_their_week(self, unit):
        say(unit, TODAY, TODAY + timedelta(days=2))
        self.lift(unit, TODAY, TODAY + timedelta(days=2))

        assert queries.service_hours(unit.pk, TODAY) == OFFICE
        say(unit, TODAY + timedelta(days=1), TODAY + timedelta(days=1))

    def test_leaves_the_days_that_are_over_as_they_were(self, unit):
        yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
        services.except_service_hours(
            unit_id=unit.pk, first=yesterday, last=tomorrow, reason="Bão",
            at=NOW - timedelta(days=1),
        )  # fmt: skip
        self.lift(unit, yesterday, tomorrow)

        assert queries.service_hours(unit.pk, yesterday) == ()
        assert queries.service_hours(unit.pk, TODAY) == OFFICE

    def test_knows_what_was_excepted(self, unit):
        say(unit, TODAY, TODAY + timedelta(days=2))
        with pytest.raises(services.NotExcepted):
            self.lift(unit, TODAY, TODAY)
        self.lift(unit, TODAY, TODAY + timedelta(days=2))
        with pytest.raises(services.NotExcepted):
            self.lift(unit, TODAY, TODAY + timedelta(days=2))


class TestHoursTold:
    def test_puts_weekdays_with_the_same_hours_together(self, unit):
        services.set_service_hours(
            unit_id=unit.pk, weekdays=[0, SATURDAY], spans=[MORNING], since=TODAY, at=NOW
        )
        week, _exceptions = queries.hours_told(unit.pk, TODAY)

        assert [(each.weekdays, each.spans) for each in week] == [
            ((1, 2, 3, 4), OFFICE),
            ((0, SATURDAY), (MORNING,)),
        ]

    def test_tells_exceptions_to_come_with_their_reason(self, unit):
        say(unit, TODAY, TODAY, reason="Mất điện")
        [told] = queries.hours_told(unit.pk, TODAY)[1]

        assert (told.first, told.last, told.spans, told.reason) == (TODAY, TODAY, (), "Mất điện")
        assert queries.hours_told(unit.pk, TODAY + timedelta(days=1))[1] == []


class TestTheTable:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"weekday": 7},
            {"closes": time(6)},
            {"closes": None},
            {"opens": None, "closes": None},  # a weekday cannot be said to be closed
            {"weekday": None},  # an exception without a last day
        ],
    )
    def test_keeps_its_truths(self, unit, wrong):
        row = {"weekday": 5, "opens": time(7), "closes": time(11), "valid_from": TODAY, **wrong}
        with pytest.raises(IntegrityError):
            ServiceHours.objects.create(unit=unit, **row)


def test_service_hours_move_no_deadline(unit):
    desk = ADesk()
    usual, closed = a_dossier(), a_dossier()
    promised = desk.accepted(usual).due_at
    intake = usual.intake_due_at
    services.set_service_hours(unit_id=unit.pk, weekdays=range(5), spans=[], since=TODAY, at=NOW)
    services.set_service_hours(unit_id=unit.pk, weekdays=[5, 6], spans=OFFICE, since=TODAY, at=NOW)
    say(unit, TODAY, TODAY + timedelta(days=9))

    assert desk.accepted(closed).due_at == promised
    assert a_dossier().intake_due_at == intake


def say(unit, first, last, *spans, reason="Nghỉ"):
    services.except_service_hours(
        unit_id=unit.pk, first=first, last=last, spans=spans, reason=reason, at=NOW
    )
