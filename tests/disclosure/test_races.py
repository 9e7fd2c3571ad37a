"""Two who act on a publication at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from motcua.disclosure import services
from motcua.disclosure.models import Publication, PublishedCorrection
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from tests.disclosure.months import DRAFTED, FIGURES, OCTOBER, AnOffice, ended_late

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """Run the calls in threads that start together; return what each gave or raised."""
    together = Barrier(len(calls))

    def one(call):
        try:
            together.wait(10)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def done(answers, refusal) -> int:
    """Return how many were done; all others were refused so."""
    assert all(isinstance(a, Publication | PublishedCorrection | refusal) for a in answers), answers
    return sum(not isinstance(answer, refusal) for answer in answers)


def test_a_month_drafted_by_four_at_once_is_drafted_once():
    office = AnOffice()
    ended_late(office.desk)
    draft = partial(services.draft_publication, month=OCTOBER, figures=FIGURES, at=DRAFTED)

    answers = at_once(
        *[partial(draft, mandate=who) for who in (office.drafter, office.head, office.chair) * 2]
    )

    assert done(answers, services.AlreadyDrafted) == 1
    assert Publication.objects.count() == 1


def test_one_who_approves_many_times_at_once_approves_once():
    office = AnOffice()
    ended_late(office.desk)
    publication = office.submitted()

    answers = at_once(*[partial(office.approve, publication, office.head) for _press in range(6)])

    assert done(answers, services.NotAnother) == 1
    publication.refresh_from_db()
    assert publication.second_approved_by_id is None


def test_two_who_approve_and_publish_at_once_publish_once():
    office = AnOffice()
    ended_late(office.desk)
    publication = office.submitted()

    answers = at_once(
        partial(office.approve, publication, office.head),
        partial(office.approve, publication, office.chair),
    )
    assert done(answers, services.NotAllowed) == 2
    answers = at_once(*[partial(office.publish, publication) for _press in range(6)])

    assert done(answers, services.TheStateForbidsIt) == 1
    assert LedgerEvent.objects.filter(kind="disclosure.published").count() == 1
    assert chain.verify() is None


def test_a_correction_approved_by_one_many_times_at_once_waits_for_the_other():
    office = AnOffice()
    ended_late(office.desk)
    ended_late(office.desk)
    correction = office.proposed(office.published())

    answers = at_once(
        *[partial(office.approve_correction, correction, office.head) for _press in range(4)]
    )

    assert done(answers, services.NotAnother) == 1
    correction.refresh_from_db()
    assert correction.state == "proposed"
