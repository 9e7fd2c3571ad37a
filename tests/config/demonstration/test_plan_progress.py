"""The demonstration's plan: something of everything, told by those who could have told it."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import F

from motcua.config import demonstration
from motcua.config.demonstration import people
from motcua.config.demonstration.plan_progress import tell_the_plan
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans.lifecycle import DutyState, ObstacleState, ReportState
from motcua.plans.models import AgencyPlan, Duty, Obstacle, PlanReport, Reminder
from motcua.plans.queries import content_of
from tests.builders import NOW, the_city
from tests.worlds import standing

pytestmark = pytest.mark.django_db


def the_people() -> None:
    the_city()
    for each in people.SERVANTS:
        demonstration._appoint(each, NOW)


class TestAYear:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _told(cls, request):
        with standing(request):
            the_people()
            tell_the_plan(now=NOW)
            yield

    def test_something_of_everything_is_there(self):
        assert set(Duty.objects.values_list("state", flat=True)) == set(DutyState)
        assert set(Obstacle.objects.values_list("state", flat=True)) == set(ObstacleState) - {
            ObstacleState.WITHDRAWN
        }
        assert AgencyPlan.objects.count() > 13
        assert dict(PlanReport.objects.values_list("period_first", "state")) == {
            date(2024, 1, 1): ReportState.FROZEN,
            date(2024, 7, 1): ReportState.DRAFT,
        }
        assert Reminder.objects.exists()
        told = LedgerEvent.objects.filter(kind__startswith="plans.")
        assert not told.filter(occurred_at__gt=NOW).exists()
        assert chain.verify() is None

    def test_most_of_what_was_due_is_done_and_little_is_late(self):
        due = Duty.objects.filter(due_on__lte=day_of(NOW))
        done = due.filter(state=DutyState.DONE)
        overdue = [duty for duty in due if duty.is_overdue(day_of(NOW))]
        assert done.count() > 0.9 * due.count()
        assert 0 < len(overdue) < 0.1 * due.count()
        assert done.filter(done_at__date__gt=F("due_on")).exists()
        assert not done.filter(evidence_count=0).exists()

    def test_the_first_report_was_drawn_from_what_was_known_then(self):
        report = PlanReport.objects.get(state=ReportState.FROZEN)
        in_july = Duty.objects.filter(
            done_at__lt=report.as_of, period_last__lte=report.period_last
        ).count()
        text = " ".join(block.text for block in content_of(report).blocks)
        assert f"{in_july} việc đã hoàn thành và có minh chứng" in text

    def test_a_second_time_changes_nothing(self):
        before = LedgerEvent.objects.count()

        tell_the_plan(now=NOW)

        assert LedgerEvent.objects.count() == before


def test_tells_only_what_lies_before_now(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    the_people()
    tell_the_plan(now=datetime(2024, 5, 2, 3, tzinfo=UTC))

    assert Duty.objects.filter(state=DutyState.DONE).exists()
    assert not Obstacle.objects.exists()
    assert not PlanReport.objects.exists()
