"""Two workers that open the same duties, two keepers that judge the same report, two raisers."""

from functools import partial

import pytest

from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.plans import policies, services
from motcua.plans.models import Duty, Plan, Reminder, TaskVersion
from tests.builders import the_city
from tests.plans.builders import JULY, ThePeople, a_duty, a_plan, proved, told
from tests.queues.test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_processes_load_one_plan():
    the_city()

    at_once(*[partial(services.load_plan, at=JULY) for _process in range(4)])

    assert (Plan.objects.count(), TaskVersion.objects.count()) == (1, 30)
    assert chain.verify() is None


def test_two_workers_open_and_remind_of_each_occurrence_once():
    the_city()
    services.load_plan(at=JULY)

    opened = at_once(*[partial(services.open_duties, at=JULY) for _worker in range(4)])
    raised = at_once(*[partial(services.raise_reminders, at=JULY) for _worker in range(4)])

    assert sum(opened) == Duty.objects.count()
    assert sum(raised) == Reminder.objects.count() > 0
    assert services.open_duties(at=JULY) == 0
    assert chain.verify() is None


def test_a_report_is_judged_once_by_whoever_comes_first():
    plan, people = a_plan(), ThePeople()
    for clause in ("II.4.a", "II.4.b"):
        duty = a_duty(plan, clause)
        proved(duty, people.finance)
        told(duty, people.finance)

        answers = at_once(
            partial(services.accept_duty, duty_id=duty.pk, mandate=people.keeper, at=JULY),
            partial(services.accept_duty, duty_id=duty.pk, mandate=people.director, at=JULY),
            partial(
                services.send_back_duty,
                duty_id=duty.pk,
                mandate=people.chairman,
                words="Thiếu số liệu.",
                at=JULY,
            ),
        )

        assert sum(isinstance(answer, Duty) for answer in answers) == 1
        assert sum(isinstance(answer, policies.HasMovedOn) for answer in answers) == 2
        judged = LedgerEvent.objects.about(duty.subject).filter(
            kind__in=["plans.duty-closed", "plans.duty-sent-back"]
        )
        assert judged.count() == 1
