"""Officers who act at the same moment, and filings that come in at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from motcua.dossiers import services
from motcua.dossiers.models import Dossier, Plea, Result
from motcua.dossiers.services import Attachment, NotAllowed, TheStateForbidsIt
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.kernel.numbers import parse_dossier_code
from motcua.offices.models import AgencyKind
from motcua.offices.queries import communes, destination_for
from motcua.procedures.services import publish_version
from tests.builders import (
    BIRTH_CASE,
    NOW,
    TODAY,
    ADesk,
    a_citizen,
    a_file,
    a_leader,
    birth_answers,
    the_definition,
    the_version,
)

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


def test_two_opposite_decisions_fifty_times_make_one_each():
    desk = ADesk()
    leaders = desk.leader, a_leader()

    for _ in range(50):
        dossier = desk.proposed()

        decide = partial(
            services.decide_dossier,
            dossier_id=dossier.pk,
            number="1",
            summary="Kết quả.",
            at=NOW,
        )

        answers = at_once(
            partial(decide, mandate=leaders[0], outcome="granted"),
            partial(decide, mandate=leaders[1], outcome="denied"),
        )

        decided = [answer for answer in answers if isinstance(answer, Dossier)]
        refused = [answer for answer in answers if isinstance(answer, TheStateForbidsIt)]
        assert (len(decided), len(refused)) == (1, 1), answers
        told = LedgerEvent.objects.get(subject_id=str(dossier.pk), kind="dossiers.decided")
        assert Result.objects.get(dossier=dossier).outcome == told.data["outcome"]
    assert chain.verify() is None


def test_two_hundred_filings_over_five_units_get_two_hundred_codes():
    version, person = the_version(), a_citizen()
    file = a_file(person)
    places = [place.code for place in communes(TODAY)]
    found = [destination_for(code, AgencyKind.COMMUNE, TODAY) for code in places]
    units = [unit for unit in found if unit is not None][:5]
    assert len(units) == 5

    def file_at(unit):
        return services.open_dossier(
            version=version,
            case_key=BIRTH_CASE,
            channel="online",
            owner=person,
            submitter=person,
            answers=birth_answers(),
            attachments=[Attachment(key="birth_certificate", file=file)],
            receiving_unit_id=unit.receiving_unit_id,
            receiving_agency_code=unit.receiving_agency_code,
            settling_agency_id=unit.settling_agency_id,
            at=NOW,
        )

    for _ in range(10):
        opened = at_once(*(partial(file_at, unit) for unit in units * 4))
        assert all(isinstance(each, Dossier) for each in opened), opened

    codes = list(Dossier.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == 200
    for unit in units:
        numbers = sorted(
            int(parse_dossier_code(code).serial)
            for code in codes
            if code.startswith(f"{unit.receiving_agency_code}-")
        )
        assert numbers == list(range(1, 41))


def test_an_answer_and_the_stop_for_silence_thirty_times_end_with_exactly_one():
    desk = ADesk()
    the_version()
    publish_version(
        definition={
            **the_definition("1.001193"),
            "supplement": {
                "answer_limit": {"amount": 1, "unit": "working_day"},
                "warn_before": {"amount": 4, "unit": "hour"},
                "on_silence": "stop",
                "basis": "Điều 9 Nghị định thử",
            },
        },
        at=NOW,
    )

    for _ in range(30):
        dossier = desk.awaiting_supplement()
        due = dossier.answer_due_at
        assert due is not None
        services.warn_of_silence(dossier_id=dossier.pk, at=due)
        file = a_file(dossier.owner)

        answers = at_once(
            partial(services.stop_for_silence, dossier_id=dossier.pk, at=due),
            partial(
                services.supplement_dossier,
                dossier_id=dossier.pk,
                person=dossier.owner,
                attachments=[Attachment(key="birth_certificate", file=file)],
                at=due,
            ),
        )

        stopped = answers[0] is True
        answered = isinstance(answers[1], Dossier)
        assert stopped != answered, answers
        assert stopped or answers[0] is False
        assert answered or isinstance(answers[1], TheStateForbidsIt)
        dossier.refresh_from_db()
        assert dossier.state == ("stopped" if stopped else "in_progress")
        told = LedgerEvent.objects.filter(subject_id=str(dossier.pk))
        ended = told.filter(kind__in=["dossiers.stopped", "dossiers.supplemented"])
        assert ended.count() == 1
    assert chain.verify() is None


def test_a_withdrawal_is_granted_or_declined_and_never_both():
    desk = ADesk()
    leaders = desk.leader, a_leader()

    for _ in range(20):
        dossier = desk.asked_to_withdraw()

        answers = at_once(
            partial(services.grant_withdrawal, dossier_id=dossier.pk, mandate=leaders[0], at=NOW),
            partial(
                services.decline_withdrawal,
                dossier_id=dossier.pk,
                mandate=leaders[1],
                reason="Đã có kết luận.",
                at=NOW,
            ),
        )

        done = [answer for answer in answers if isinstance(answer, Dossier)]
        refused = [answer for answer in answers if isinstance(answer, NotAllowed)]
        assert (len(done), len(refused)) == (1, 1), answers
        [plea] = Plea.objects.filter(dossier=dossier)
        dossier.refresh_from_db()
        assert (plea.outcome == "granted") is (dossier.state == "withdrawn")
