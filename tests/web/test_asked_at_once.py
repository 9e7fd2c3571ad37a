"""Everybody asks at once what waits for them, in threads that share what was worked out before."""

from functools import partial

import pytest

from motcua.plans import services as plans
from motcua.web import asked
from tests.plans.builders import JULY, a_duty, proved, told
from tests.plans.test_obstacles import AnObstacle
from tests.plans.test_reports import a_draft
from tests.queues.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_each_is_told_their_own(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    raised = AnObstacle()
    plan, people = raised.plan, raised.people
    plans.raise_reminders(at=JULY)
    duty = a_duty(plan, "II.4.a")
    proved(duty, people.finance)
    told(duty, people.finance)
    report = a_draft(plan, people)
    plans.submit_report(report_id=report.pk, mandate=people.keeper, at=JULY)
    everybody = [people.keeper, people.director, people.finance, people.district, people.chairman]
    alone = [asked.waiting_for(mandate, at=JULY) for mandate in everybody]
    assert len({waiting.asked for waiting in alone}) >= 3

    for _round in range(5):
        asked._counting.cache_clear()  # they work out the same statements at the same moment
        together = at_once(*[partial(asked.waiting_for, each, at=JULY) for each in everybody * 4])

        assert together == alone * 4
