"""Occasions, as a pure function: for whatever facts and moments."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.calendars.limits import Limit, LimitUnit
from motcua.calendars.seeds import shipped_calendar
from motcua.calendars.working import worked_between
from motcua.dossiers.definitions import (
    ESCALATED,
    Leads,
    OccasionKind,
    Timed,
    occasions_of,
    worked_before,
)
from motcua.dossiers.lifecycle import DossierState

CALENDAR = shipped_calendar()
LEADS = Leads(
    share=Fraction(1, 5),
    longest=timedelta(hours=16),
    again=timedelta(hours=16),
    silence=timedelta(hours=24),
)
START = datetime(2024, 1, 2, 1, tzinfo=UTC)
MINUTES = st.integers(0, 2 * 365 * 24 * 60).map(lambda m: START + timedelta(minutes=m))
LIMITS = st.builds(
    Limit,
    amount=st.integers(1, 30).map(Fraction),
    unit=st.sampled_from([LimitUnit.HOUR, LimitUnit.WORKING_DAY, LimitUnit.DAY]),
)
EIGHT_HOURS = Limit(amount=Fraction(8), unit=LimitUnit.HOUR)


def facts(state, due_at, limit, step_due_at=None):
    return Timed(
        state=state,
        intake_due_at=due_at,
        intake_limit=EIGHT_HOURS,
        step_due_at=step_due_at,
        step_limit=limit,
        due_at=due_at,
        limit=limit,
    )


@given(state=st.sampled_from(DossierState), due_at=MINUTES, step=MINUTES, at=MINUTES, limit=LIMITS)
def test_come_in_order_each_once_and_none_of_a_kind_that_time_has_overtaken(
    state, due_at, step, at, limit
):
    found = occasions_of(facts(state, due_at, limit, step), leads=LEADS, calendar=CALENDAR, at=at)

    assert found == sorted(set(found))
    kinds = [occasion.kind for occasion in found]
    if at >= due_at:
        assert OccasionKind.WARNING not in kinds
        assert OccasionKind.INTAKE_WARNING not in kinds
    for occasion in found:
        if occasion.kind in ESCALATED - {OccasionKind.STEP_DUE}:
            assert occasion.at >= due_at


@given(due_at=MINUTES, at=MINUTES, limit=LIMITS)
def test_never_leave_a_running_dossier_without_a_next_moment(due_at, at, limit):
    found = occasions_of(
        facts(DossierState.IN_PROGRESS, due_at, limit), leads=LEADS, calendar=CALENDAR, at=at
    )

    assert any(occasion.at > at for occasion in found)


@given(due_at=MINUTES, at=MINUTES, limit=LIMITS)
def test_say_the_same_again_until_the_next_of_them_comes(due_at, at, limit):
    told = facts(DossierState.IN_PROGRESS, due_at, limit)
    found = occasions_of(told, leads=LEADS, calendar=CALENDAR, at=at)
    following = min(occasion.at for occasion in found if occasion.at > at)
    just_before = max(at, following - timedelta(minutes=1))

    assert occasions_of(told, leads=LEADS, calendar=CALENDAR, at=just_before) == found


@given(end=MINUTES, hours=st.integers(0, 100))
def test_are_counted_back_in_working_time(end, hours):
    begins = worked_before(CALENDAR, end, timedelta(hours=hours))

    assert worked_between(CALENDAR, begins, end) == timedelta(hours=hours)


def test_an_apology_lets_the_officers_rest_until_the_new_day():
    due_at = datetime(2024, 10, 15, 10, tzinfo=UTC)
    promised = datetime(2024, 10, 25, 10, tzinfo=UTC)
    told = Timed(
        state=DossierState.IN_PROGRESS,
        intake_due_at=None,
        intake_limit=EIGHT_HOURS,
        step_due_at=None,
        step_limit=None,
        due_at=due_at,
        limit=EIGHT_HOURS,
        promised_at=promised,
    )

    found = occasions_of(told, leads=LEADS, calendar=CALENDAR, at=due_at + timedelta(days=3))

    assert [o.kind for o in found] == [OccasionKind.DUE, OccasionKind.OVERDUE_AGAIN]
    assert found[1].at > promised


def test_an_escalation_that_never_rests_is_refused():
    with pytest.raises(ValueError, match="must rest"):
        Leads(
            share=Fraction(1, 5),
            longest=timedelta(),
            again=timedelta(),
            silence=timedelta(),
        )
