"""The demonstration's plan: something of everything, told by those who could have told it."""

from datetime import UTC, datetime

import pytest

from motcua.config import demonstration
from motcua.config.demonstration import people
from motcua.config.demonstration.plan_progress import tell_the_plan
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans.lifecycle import DutyState, ObstacleState, ReportState
from motcua.plans.models import AgencyPlan, Duty, Obstacle, PlanReport, Reminder
from tests.builders import NOW, the_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def mandates(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    the_city()
    return {each.username: demonstration._appoint(each, NOW) for each in people.SERVANTS}


def test_something_of_everything_is_there(mandates):
    tell_the_plan(mandates, now=NOW)

    assert set(Duty.objects.values_list("state", flat=True)) == set(DutyState)
    assert any(duty.is_overdue(day_of(NOW)) for duty in Duty.objects.all())
    assert set(Obstacle.objects.values_list("state", flat=True)) == {
        ObstacleState.CLOSED,
        ObstacleState.ROUTED,
    }
    assert AgencyPlan.objects.count() == 5
    assert PlanReport.objects.get().state == ReportState.FROZEN
    assert Reminder.objects.exists()
    told = LedgerEvent.objects.filter(kind__startswith="plans.")
    assert not told.filter(occurred_at__gt=NOW).exists()
    assert chain.verify() is None


def test_a_second_time_changes_nothing(mandates):
    tell_the_plan(mandates, now=NOW)
    before = LedgerEvent.objects.count()

    tell_the_plan(mandates, now=NOW)

    assert LedgerEvent.objects.count() == before


def test_tells_only_what_lies_before_now(mandates):
    tell_the_plan(mandates, now=datetime(2024, 5, 2, 3, tzinfo=UTC))

    assert Duty.objects.filter(state=DutyState.DONE).exists()
    assert not Obstacle.objects.exists()
    assert not PlanReport.objects.exists()
