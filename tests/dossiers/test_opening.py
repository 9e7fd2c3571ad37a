"""A dossier comes into being: its code, its secret, its first due moment, its first event."""

import hashlib
import re
import unicodedata

import pytest
from django.db import transaction

from motcua.dossiers import queries
from motcua.dossiers.models import CodeCounter, Dossier, DossierComponent
from motcua.kernel import numbers
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger import chain
from tests.builders import NOW, a_business_dossier, a_citizen, a_copy_dossier, a_dossier, an_agency
from tests.dossiers.acts import events_of

pytestmark = pytest.mark.django_db


class TestOpenDossier:
    def test_gives_it_a_code_of_the_receiving_agency_and_the_day(self):
        dossier = a_dossier()

        code = numbers.parse_dossier_code(dossier.code)
        assert code.unit_code == an_agency().code
        assert code.on == NOW.astimezone(CITY_TIME).date()
        assert code.serial == "0001"

    def test_counts_each_agency_and_each_day_for_itself(self):
        evening = NOW.replace(hour=16, minute=59)  # 23:59 in the city
        codes = [
            dossier.code
            for dossier in (
                a_dossier(),
                a_dossier(),
                a_dossier(settling_commune="31120"),
                a_business_dossier(),
                a_dossier(at=evening),
                a_dossier(at=evening.replace(hour=17)),
            )
        ]

        assert [code[-4:] for code in codes] == ["0001", "0002", "0001", "0001", "0003", "0001"]
        assert [code.split("-")[1] for code in codes[-2:]] == ["241015", "241016"]
        assert len(set(codes)) == len(codes)

    def test_never_gives_a_number_twice_though_one_may_be_lost(self):
        a_dossier()
        with pytest.raises(TheActFailed):
            open_and_fail()

        assert a_dossier().code.endswith(("-0002", "-0003"))

    def test_gives_it_a_secret_that_can_be_read_out(self):
        secrets = {a_dossier().lookup_secret for _ in range(5)}

        assert len(secrets) == 5
        assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", secret) for secret in secrets)

    @pytest.mark.parametrize(
        ("hour", "due"),
        [(2, "16/10 09:00"), (9, "16/10 16:00"), (10, "16/10 17:00"), (14, "16/10 17:00")],
    )
    def test_of_an_online_filing_is_answered_within_eight_working_hours(self, hour, due):
        dossier = a_dossier(at=NOW.replace(hour=hour))

        assert dossier.intake_due_at.astimezone(CITY_TIME).strftime("%d/%m %H:%M") == due

    def test_puts_it_before_the_one_stop_unit_with_no_clock_started(self):
        dossier = a_dossier()

        assert dossier.state == "submitted"
        assert (dossier.step_key, dossier.step_unit_id) == ("receive", dossier.receiving_unit_id)
        assert dossier.receiving_unit.role == "one_stop"
        assert dossier.receiving_unit.agency_id == dossier.settling_agency_id
        assert (dossier.submitted_at, dossier.accepted_at, dossier.due_at) == (NOW, None, None)
        assert dossier.national_status == 1
        assert dossier.is_open

    def test_keeps_the_papers_as_they_were_filed(self):
        dossier = a_dossier()

        [paper] = DossierComponent.objects.filter(dossier=dossier)
        assert (paper.key, paper.round, paper.added_at) == ("birth_certificate", 0, NOW)

    def test_is_told_once_with_a_digest_of_the_answers(self):
        person = a_citizen()
        dossier = a_dossier(person)

        [opened] = events_of(dossier)
        dossier.refresh_from_db()
        assert opened.kind == "dossiers.opened"
        assert opened.actor == f"person:{person.pk}"
        assert opened.occurred_at == NOW
        assert opened.data["code"] == dossier.code
        assert opened.data["procedure"] == "1.001193"
        assert opened.data["case"] == "on_time"
        assert opened.data["receiving_unit"] == dossier.receiving_unit_id
        digest = hashlib.sha256(chain.canonical(dossier.answers).encode()).hexdigest()
        assert opened.data["answers_digest"] == digest

    def test_keeps_the_name_of_the_day_in_one_unicode_form_and_folded(self):
        decomposed = unicodedata.normalize("NFD", "Đặng Thị Thuý Kiều")

        dossier = a_dossier(a_citizen(decomposed))

        assert dossier.owner_name == "Đặng Thị Thuý Kiều"
        assert dossier.owner_name_folded == "dang thi thuy kieu"

    def test_of_a_business_is_received_and_settled_by_the_district(self):
        dossier = a_business_dossier()

        assert dossier.settling_agency.name == "Ủy ban nhân dân quận Ninh Kiều"
        assert dossier.receiving_unit.agency_id == dossier.settling_agency_id

    def test_of_a_copy_is_settled_by_the_ward(self):
        assert a_copy_dossier().settling_agency.name == "Ủy ban nhân dân phường Cái Khế"


class TestTheLedger:
    def test_shows_that_answers_were_altered_later(self):
        dossier = a_dossier()
        Dossier.objects.filter(pk=dossier.pk).update(
            answers={**dossier.answers, "child_name": "Somebody Else"}
        )

        dossier.refresh_from_db()
        [opened] = queries.history_of(dossier)
        digest = hashlib.sha256(chain.canonical(dossier.answers).encode()).hexdigest()
        assert opened.data["answers_digest"] != digest


def test_a_counter_is_a_row_for_an_agency_and_a_day():
    for _ in range(3):
        a_dossier()

    [counter] = CodeCounter.objects.all()
    assert (counter.agency_code, counter.last) == (an_agency().code, 3)


class TheActFailed(Exception):
    """Something behind the opening went wrong, and the transaction with it."""


@transaction.atomic
def open_and_fail() -> None:
    a_dossier()
    raise TheActFailed
