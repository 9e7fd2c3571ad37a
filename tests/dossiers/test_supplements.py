"""Asking for papers, answering, withdrawing: the applicant's side of the counter."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import services
from motcua.dossiers.models import DossierComponent, SupplementRequest
from motcua.dossiers.services import Incomplete, NotTheApplicant, TheStateForbidsIt
from motcua.kernel.clock import CITY_TIME
from motcua.procedures.definitions import PausePolicy
from tests.builders import (
    NOW,
    ADesk,
    a_business_dossier,
    a_citizen,
    a_district,
    a_dossier,
    a_file,
    found_wanting,
    the_version,
)
from tests.dossiers.acts import LATER, columns_of, do, events_of, supplement

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


def city(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=CITY_TIME)


class TestSupplementDossier:
    def test_before_acceptance_queues_it_again_and_starts_no_clock(self, desk):
        dossier = desk.asked_at_intake()

        dossier = supplement(dossier, answer="Đã chụp lại.")

        assert dossier.state == "submitted"
        assert (dossier.accepted_at, dossier.due_at, dossier.paused_at) == (None, None, None)
        request = SupplementRequest.objects.get(dossier=dossier)
        assert (request.round, request.answered_at, request.answer) == (1, LATER, "Đã chụp lại.")
        assert events_of(dossier)[-1].data["due_at"] is None

    def test_adds_papers_and_replaces_none(self, desk):
        dossier = desk.asked_at_intake()

        supplement(dossier)

        rounds = DossierComponent.objects.filter(dossier=dossier).order_by("pk")
        assert list(rounds.values_list("key", "round")) == [
            ("birth_certificate", 0),
            ("birth_certificate", 1),
        ]

    def test_in_processing_lets_the_paused_clock_run_on(self, desk):
        dossier = desk.awaiting_supplement()  # asked at 09:00, due at 17:00
        assert dossier.paused_at == NOW
        promised = dossier.due_at

        dossier = supplement(dossier, at=city("16/10/2024 09:00"))

        assert dossier.state == "in_progress"
        assert dossier.paused_at is None
        assert dossier.holder_id == desk.processor.officer_id
        # Six working hours were left at nine o'clock; six are left the day after.
        assert promised == city("15/10/2024 17:00")
        assert dossier.due_at == city("16/10/2024 17:00")
        assert events_of(dossier)[-1].data["due_at"] == dossier.due_at.isoformat()

    def test_leaves_the_promise_alone_while_the_clock_stands(self, desk):
        dossier = desk.taken_up()

        asked = do("request_supplement", dossier, desk.processor, desk=desk)

        assert asked.due_at == dossier.due_at

    def test_within_the_minute_of_asking_changes_no_promise(self, desk):
        dossier = desk.awaiting_supplement(at=NOW)
        promised = dossier.due_at

        assert supplement(dossier, at=NOW).due_at == promised

    def test_gives_nothing_back_to_an_agency_that_asked_when_it_was_late(self, desk):
        dossier = desk.taken_up()
        late = dossier.due_at + HOUR
        dossier = do("request_supplement", dossier, desk.processor, desk=desk, at=late)

        answered = supplement(dossier, at=late + 40 * HOUR)

        assert answered.due_at == dossier.due_at

    def test_takes_several_rounds_and_gives_back_each(self, desk):
        dossier = desk.awaiting_supplement()
        dossier = supplement(dossier, at=city("15/10/2024 10:00"))
        assert dossier.due_at == city("16/10/2024 08:00")

        for verb, who in (
            ("ask_further_round", desk.processor),
            ("approve_further_round", desk.leader),
            ("request_supplement", desk.processor),
        ):
            dossier = do(verb, dossier, who, desk=desk, at=city("15/10/2024 14:00"))
        dossier = supplement(dossier, at=city("17/10/2024 14:00"))

        assert dossier.due_at == city("18/10/2024 08:00")
        rounds = SupplementRequest.objects.filter(dossier=dossier).order_by("round")
        assert [request.round for request in rounds] == [1, 2]
        assert all(request.answered_at for request in rounds)

    def test_of_a_household_business_begins_its_three_days_anew(self):
        assert the_version("1.001612").pause_policy is PausePolicy.RESTART
        desk = ADesk(a_district(), procedure="1.001612")
        dossier = desk.taken_up(a_business_dossier())
        assert dossier.due_at == city("18/10/2024 09:00")
        dossier = do(
            "request_supplement",
            dossier,
            desk.processor,
            desk=desk,
            findings=found_wanting(dossier, "owner_identity"),
            at=city("16/10/2024 09:00"),
        )

        dossier = supplement(dossier, at=city("17/10/2024 10:00"), keys=("owner_identity",))

        assert dossier.due_at == city("22/10/2024 10:00")

    def test_says_which_paper_is_still_missing(self, desk):
        dossier = desk.asked_at_intake()
        before = columns_of(dossier)

        with pytest.raises(Incomplete, match="Còn thiếu: Giấy chứng sinh"):
            supplement(dossier, keys=())

        assert columns_of(dossier) == before
        assert not DossierComponent.objects.filter(dossier=dossier, round=1).exists()

    def test_refuses_a_paper_that_the_case_does_not_know(self, desk):
        with pytest.raises(Incomplete, match="không đúng loại"):
            supplement(desk.asked_at_intake(), keys=("birth_certificate", "passport"))

    def test_refuses_the_same_file_twice(self, desk):
        dossier = desk.asked_at_intake()
        file = a_file(dossier.owner)

        with pytest.raises(Incomplete, match="đã có"):
            supplement(dossier, keys=("birth_certificate",) * 2, files=[file, file])

    def test_refuses_a_file_that_is_in_the_dossier_already(self, desk):
        dossier = desk.asked_at_intake()
        filed = DossierComponent.objects.get(dossier=dossier).file

        with pytest.raises(Incomplete, match="đã có"):
            supplement(dossier, files=[filed])

    def test_refuses_more_files_than_the_paper_may_have(self, desk):
        with pytest.raises(Incomplete, match="tối đa 2 tệp"):
            supplement(desk.asked_at_intake(), keys=("birth_certificate",) * 3)

    def test_is_for_the_applicant_only(self, desk):
        dossier = desk.asked_at_intake()
        stranger = a_citizen("Lý Thị Lan")

        with pytest.raises(NotTheApplicant, match="của người khác"):
            services.supplement_dossier(
                dossier_id=dossier.pk, person=stranger, attachments=[], at=LATER
            )

    @pytest.mark.parametrize("state", ["submitted", "taken_up", "refused", "decided"])
    def test_answers_only_what_was_asked(self, state, desk):
        dossier = a_dossier() if state == "submitted" else getattr(desk, state)()

        with pytest.raises(TheStateForbidsIt):
            supplement(dossier)

    def test_keeps_an_answer_without_what_nobody_sees(self, desk):
        dossier = supplement(desk.asked_at_intake(), answer="Đã chu\u0323p lại \x00👶" + "x" * 9000)

        answer = SupplementRequest.objects.get(dossier=dossier).answer
        assert answer.startswith("Đã chụp lại 👶x")
        assert len(answer) == 2000


class TestTheRequest:
    def test_is_kept_with_its_author_and_told_to_the_ledger(self, desk):
        dossier = desk.asked_at_intake()

        request = SupplementRequest.objects.get(dossier=dossier)
        assert request.items == {"birth_certificate": "Chụp lại rõ cả trang."}
        assert request.requested_by_id == desk.receiver.officer_id
        told = events_of(dossier)[-1].data
        assert told["round"] == 1
        [item] = told["items"]
        assert (item["key"], item["needed"]) == ("birth_certificate", "Chụp lại rõ cả trang.")

    def test_keeps_words_without_what_nobody_sees(self, desk):
        dossier = a_dossier()
        do(
            "request_intake_supplement",
            dossier,
            desk.receiver,
            desk=desk,
            findings=found_wanting(dossier, "birth_certificate", needed="Chu\u0323p \x00lại"),
        )

        assert SupplementRequest.objects.get(dossier=dossier).items == {
            "birth_certificate": "Chụp lại"
        }


class TestWithdrawDossier:
    @pytest.mark.parametrize("state", ["submitted", "asked_at_intake"])
    def test_before_acceptance_ends_it(self, state, desk):
        dossier = a_dossier() if state == "submitted" else desk.asked_at_intake()

        dossier = services.withdraw_dossier(
            dossier_id=dossier.pk, person=dossier.owner, reason="Nộp \x00nhầm", at=LATER
        )

        assert (dossier.state, dossier.completed_at) == ("withdrawn", LATER)
        assert dossier.accepted_at is None
        assert not SupplementRequest.objects.filter(answered_at=None).exists()
        told = events_of(dossier)[-1]
        assert told.data["reason"] == "Nộp nhầm"
        assert told.actor == f"person:{dossier.owner_id}"

    @pytest.mark.parametrize(
        "state",
        ["accepted", "taken_up", "awaiting_supplement", "decided", "returned", "withdrawn"],
    )
    def test_is_too_late_afterwards(self, state, desk):
        dossier = getattr(desk, state)()
        before = columns_of(dossier)

        with pytest.raises(TheStateForbidsIt):
            services.withdraw_dossier(dossier_id=dossier.pk, person=dossier.owner, at=LATER)

        assert columns_of(dossier) == before

    def test_is_for_the_applicant_only(self):
        dossier = a_dossier()

        with pytest.raises(NotTheApplicant):
            services.withdraw_dossier(dossier_id=dossier.pk, person=a_citizen(), at=LATER)


class TestAnObligation:
    def test_pauses_the_clock_until_it_is_discharged(self, desk):
        dossier = desk.awaiting_obligation()
        assert (dossier.state, dossier.paused_at) == ("awaiting_obligation", NOW)
        assert dossier.national_status == 6

        dossier = do(
            "discharge_obligation",
            dossier,
            desk.receiver,
            desk=desk,
            at=city("16/10/2024 09:00"),
        )

        assert (dossier.state, dossier.paused_at) == ("in_progress", None)
        assert dossier.due_at == city("16/10/2024 17:00")
        assert dossier.holder_id == desk.processor.officer_id
        assert events_of(dossier)[-1].data["due_at"] == dossier.due_at.isoformat()
