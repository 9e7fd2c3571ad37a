"""A dossier ends without a result, or waits for somebody who is not the applicant."""

from datetime import timedelta

import pytest

from motcua.dossiers import queries, services
from motcua.dossiers.lifecycle import IN_SETTLEMENT
from motcua.dossiers.models import SupplementRequest
from motcua.dossiers.policies import NothingToAnswer
from motcua.dossiers.services import Incomplete, NotTheApplicant, TheStateForbidsIt
from motcua.procedures.services import publish_version
from tests.builders import NOW, ADesk, a_citizen, the_definition, the_version
from tests.dossiers.acts import LATER, STATES, columns_of, do, events_of, supplement

pytestmark = pytest.mark.django_db

RULE = {
    "answer_limit": {"amount": 5, "unit": "working_day"},
    "warn_before": {"amount": 8, "unit": "hour"},
    "on_silence": "stop",
    "basis": "Điều 9 Nghị định thử",
}


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


@pytest.fixture
def stops_for_silence():
    """Publish the birth registration anew, with a rule on silence."""
    publish_birth(supplement=RULE)


def publish_birth(**changes) -> None:
    publish_version(definition={**the_definition("1.001193"), **changes}, at=NOW)


class TestAWishToWithdraw:
    def test_changes_nothing_but_what_is_asked(self, desk):
        dossier = desk.taken_up()
        before = columns_of(dossier)

        services.request_withdrawal(
            dossier_id=dossier.pk, person=dossier.owner, reason="Nộp \x00nhầm", at=LATER
        )

        after = columns_of(dossier)
        assert {**after, "wakes_at": None} == {**before, "wakes_at": None}
        told = events_of(dossier)[-1]
        assert (told.kind, told.data) == ("dossiers.withdrawal-requested", {"reason": "Nộp nhầm"})
        [plea] = queries.pleas_of(dossier)
        assert (plea.kind, plea.outcome, plea.unit_id) == (
            "withdrawal",
            None,
            dossier.step_unit_id,
        )

    @pytest.mark.parametrize("state", sorted(IN_SETTLEMENT))
    def test_is_granted_in_every_state_of_the_settlement(self, state, desk):
        dossier = STATES[state](desk)
        services.request_withdrawal(
            dossier_id=dossier.pk, person=dossier.owner, reason="Nộp nhầm.", at=LATER
        )

        ended = do("grant_withdrawal", dossier, desk.leader, desk=desk)

        assert (ended.state, ended.completed_at, ended.paused_at) == ("withdrawn", LATER, None)
        assert (ended.accepted_at, ended.due_at) == (dossier.accepted_at, dossier.due_at)
        assert ended.national_status == 7
        assert not SupplementRequest.objects.filter(answered_at=None).exists()
        told = events_of(dossier)[-1]
        assert (told.data["verb"], told.data["reason"]) == ("grant_withdrawal", "Nộp nhầm.")

    @pytest.mark.parametrize("state", ["submitted", "decided", "returned", "stopped", "withdrawn"])
    def test_is_too_early_or_too_late(self, state, desk):
        dossier = STATES[state](desk)

        with pytest.raises(TheStateForbidsIt):
            services.request_withdrawal(
                dossier_id=dossier.pk, person=dossier.owner, reason="Nộp nhầm.", at=LATER
            )

    def test_needs_words_and_its_applicant(self, desk):
        dossier = desk.taken_up()

        with pytest.raises(Incomplete, match="vì sao Ông/Bà xin rút"):
            services.request_withdrawal(
                dossier_id=dossier.pk, person=dossier.owner, reason=" ", at=LATER
            )
        with pytest.raises(NotTheApplicant):
            services.request_withdrawal(
                dossier_id=dossier.pk, person=a_citizen(), reason="Nộp nhầm.", at=LATER
            )

    def test_is_put_once_until_it_is_answered(self, desk):
        dossier = desk.asked_to_withdraw()

        with pytest.raises(TheStateForbidsIt, match="đang xem xét"):
            services.request_withdrawal(
                dossier_id=dossier.pk, person=dossier.owner, reason="Nhanh lên.", at=LATER
            )
        do("decline_withdrawal", dossier, desk.leader, desk=desk)
        services.request_withdrawal(
            dossier_id=dossier.pk, person=dossier.owner, reason="Vẫn xin rút.", at=LATER
        )
        assert [p.outcome for p in queries.pleas_of(dossier)] == ["declined", None]

    def test_is_answered_before_a_result_is_signed(self, desk):
        dossier = desk.proposed()
        services.request_withdrawal(
            dossier_id=dossier.pk, person=dossier.owner, reason="Nộp nhầm.", at=LATER
        )

        with pytest.raises(TheStateForbidsIt, match="xin rút"):
            do("decide", dossier, desk.leader, desk=desk)
        do("decline_withdrawal", dossier, desk.leader, desk=desk)
        assert do("decide", dossier, desk.leader, desk=desk).state == "decided"

    def test_cannot_be_granted_unasked(self, desk):
        with pytest.raises(NothingToAnswer, match="rút hồ sơ"):
            do("grant_withdrawal", desk.taken_up(), desk.leader, desk=desk)

    def test_lapses_when_the_dossier_is_stopped(self, desk):
        dossier = desk.asked_to_withdraw()

        do("stop", dossier, desk.leader, desk=desk)

        assert [p.outcome for p in queries.pleas_of(dossier)] == ["lapsed"]


class TestSilence:
    def test_is_given_the_time_of_the_version(self, stops_for_silence, desk):
        dossier = desk.awaiting_supplement()

        assert dossier.answer_due_at == NOW + timedelta(days=7)  # five working days
        assert queries.answer_rule_of(the_version()).stops

    def test_is_given_the_citys_time_where_no_text_is_known(self, desk, settings):
        settings.ANSWER_WORKING_DAYS = 5
        dossier = desk.awaiting_supplement()

        assert dossier.answer_due_at == NOW + timedelta(days=7)
        rule = queries.answer_rule_of(the_version())
        assert (rule.stops, rule.basis) == (False, "")

    @pytest.mark.parametrize("state", ["asked_at_intake", "awaiting_supplement"])
    def test_is_warned_of_once_and_then_ends_the_dossier(self, state, stops_for_silence, desk):
        dossier = getattr(desk, state)()
        due = dossier.answer_due_at
        assert services.warn_of_silence(dossier_id=dossier.pk, at=due - timedelta(days=1))
        assert not services.warn_of_silence(dossier_id=dossier.pk, at=due - timedelta(days=1))

        assert not services.stop_for_silence(dossier_id=dossier.pk, at=due - timedelta(seconds=1))
        assert services.stop_for_silence(dossier_id=dossier.pk, at=due)
        assert not services.stop_for_silence(dossier_id=dossier.pk, at=due)

        dossier.refresh_from_db()
        assert (dossier.state, dossier.completed_at) == ("stopped", due)
        assert (dossier.answer_due_at, dossier.paused_at, dossier.wakes_at) == (None, None, None)
        assert (dossier.accepted_at is None) is (state == "asked_at_intake")
        warned, stopped = events_of(dossier)[-2:]
        assert warned.kind == "dossiers.silence-warned"
        assert (stopped.kind, stopped.actor) == ("dossiers.stopped", "system")
        assert "Điều 9 Nghị định thử" in stopped.data["reason"]

    def test_unwarned_is_warned_first_and_given_the_time_of_a_warning(
        self, stops_for_silence, desk
    ):
        dossier = desk.awaiting_supplement()
        late = dossier.answer_due_at + timedelta(days=3)

        assert not services.stop_for_silence(dossier_id=dossier.pk, at=late)

        dossier.refresh_from_db()
        assert dossier.state == "awaiting_supplement"
        assert dossier.answer_due_at > late
        assert services.stop_for_silence(dossier_id=dossier.pk, at=dossier.answer_due_at)

    def test_ends_nothing_where_no_rule_says_so(self, desk):
        dossier = desk.awaiting_supplement()

        assert not services.stop_for_silence(
            dossier_id=dossier.pk, at=dossier.answer_due_at + timedelta(days=99)
        )
        dossier.refresh_from_db()
        assert dossier.state == "awaiting_supplement"

    def test_is_over_with_the_answer(self, stops_for_silence, desk):
        dossier = desk.awaiting_supplement()
        due = dossier.answer_due_at
        answered = supplement(dossier, at=due)

        assert answered.answer_due_at is None
        assert not services.warn_of_silence(dossier_id=dossier.pk, at=due)
        assert not services.stop_for_silence(dossier_id=dossier.pk, at=due)

    def test_is_woken_by_time_alone(self, stops_for_silence, desk):
        dossier = desk.awaiting_supplement()
        due = dossier.answer_due_at

        for at in (due - timedelta(hours=1), due, due + timedelta(minutes=1)):
            services.wake_dossiers(at=at)

        dossier.refresh_from_db()
        assert (dossier.state, dossier.wakes_at) == ("stopped", None)
        kinds = [event.kind for event in events_of(dossier)]
        assert kinds.count("dossiers.silence-warned") == 1
        assert kinds.count("dossiers.stopped") == 1


class TestWaitingForOthers:
    @pytest.mark.parametrize(
        ("begin", "end"),
        [("consult_agency", "hear_from_agency"), ("suspend", "resume_settlement")],
    )
    def test_gives_the_time_back(self, begin, end, desk):
        dossier = desk.taken_up()
        rightful_of = {"suspend": desk.leader, "resume_settlement": desk.leader}
        promised = dossier.due_at
        dossier = do(begin, dossier, rightful_of.get(begin, desk.processor), desk=desk, at=NOW)
        assert (dossier.paused_at, dossier.due_at) == (NOW, promised)

        dossier = do(
            end,
            dossier,
            rightful_of.get(end, desk.processor),
            desk=desk,
            at=NOW + timedelta(days=1),
        )

        assert (dossier.state, dossier.paused_at, dossier.waits_for) == ("in_progress", None, None)
        assert dossier.due_at == promised + timedelta(days=1)
        assert events_of(dossier)[-1].data["due_at"] == dossier.due_at.isoformat()

    @pytest.mark.parametrize("begin", ["consult_agency", "suspend"])
    def test_never_takes_lateness_away(self, begin, desk):
        dossier = desk.taken_up()
        late = dossier.due_at + timedelta(hours=1)
        who = desk.leader if begin == "suspend" else desk.processor
        promised = dossier.due_at
        dossier = do(begin, dossier, who, desk=desk, at=late)

        end = "resume_settlement" if begin == "suspend" else "hear_from_agency"
        dossier = do(end, dossier, who, desk=desk, at=late + timedelta(days=9))

        assert dossier.due_at == promised

    def test_is_answered_by_whoever_is_at_the_unit(self, desk):
        dossier = desk.awaiting_agency()
        colleague = ADesk().processor

        heard = do("hear_from_agency", dossier, colleague, desk=desk)

        assert heard.holder_id == desk.processor.officer_id

    def test_names_the_agency(self, desk):
        dossier = desk.awaiting_agency()

        assert (dossier.waits_for, dossier.national_status) == ("Công an quận Ninh Kiều", 4)
