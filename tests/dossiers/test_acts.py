"""Each act of an officer: done when all is in order, and refused by each of the four bars."""

import pytest

from motcua.dossiers.lifecycle import STILL_ACTS, DossierState, allows
from motcua.dossiers.models import Dossier, HandOver, Result, SupplementRequest
from motcua.dossiers.policies import OFFICER_ACTS
from motcua.dossiers.services import Incomplete, NotTheHolder, NotYourRole, TheStateForbidsIt
from motcua.kernel.clock import CITY_TIME
from motcua.offices.models import PostRole
from tests.builders import (
    NOW,
    ADesk,
    a_district,
    a_dossier,
    a_mandate,
    a_processor,
    an_officer,
    found_wanting,
)
from tests.dossiers.acts import (
    LATER,
    LEADS_TO,
    READY,
    STATES,
    columns_of,
    do,
    events_of,
    rightful,
    supplement,
)

pytestmark = pytest.mark.django_db

VERBS = sorted(OFFICER_ACTS)
HELD_ACTS = sorted(verb for verb, rule in OFFICER_ACTS.items() if rule.holds)
NEEDED_WORDS = [
    ("refuse", "reason"),
    ("request_intake_supplement", "reason"),
    ("request_supplement", "reason"),
    ("propose", "opinion"),
    ("impose_obligation", "notice"),
    ("discharge_obligation", "proof"),
    ("consult_agency", "agency"),
    ("consult_agency", "question"),
    ("hear_from_agency", "answer"),
    ("suspend", "reason"),
    ("resume_settlement", "reason"),
    ("decline_withdrawal", "reason"),
    ("ask_further_intake_round", "reason"),
    ("ask_further_round", "reason"),
    ("approve_further_round", "reason"),
    ("decline_further_round", "reason"),
    ("decide", "number"),
    ("decide", "summary"),
    ("send_back", "reason"),
    ("stop", "reason"),
    ("return_result", "receiver"),
]


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


def nothing_changed(dossier: Dossier, refused_act) -> None:
    before, history = columns_of(dossier), len(events_of(dossier))

    refused_act()

    assert columns_of(dossier) == before
    assert len(events_of(dossier)) == history


@pytest.mark.parametrize("verb", VERBS)
class TestEveryAct:
    def test_leads_where_the_lifecycle_says_and_is_told_once(self, verb, desk):
        dossier = READY[verb](desk)
        history = len(events_of(dossier))

        acted = do(verb, dossier, rightful(verb, desk), desk=desk)

        assert acted.state == LEADS_TO[verb]
        assert columns_of(dossier)["state"] == LEADS_TO[verb]
        *_, told = events_of(dossier)
        assert len(events_of(dossier)) == history + 1
        if verb in STILL_ACTS:
            assert dossier.state == LEADS_TO[verb]
            assert "verb" not in told.data  # of those that the clock and the lists follow
        else:
            assert told.data["verb"] == verb
            assert told.data["from_state"] == dossier.state
            assert told.data["to_state"] == LEADS_TO[verb]
            assert told.data["step"] == acted.step_key
            assert told.data["unit"] == acted.step_unit_id
        assert told.actor == f"officer:{rightful(verb, desk).officer_id}"
        assert told.occurred_at == LATER

    def test_is_refused_to_an_officer_in_another_role(self, verb, desk):
        dossier = READY[verb](desk)
        others = {desk.receiver, desk.processor, desk.leader} - {rightful(verb, desk)}

        for stranger in others:

            def attempt(stranger=stranger):
                with pytest.raises(NotYourRole, match="Việc này của"):
                    do(verb, dossier, stranger, desk=desk)

            nothing_changed(dossier, attempt)

    def test_is_refused_to_the_same_role_of_another_agency(self, verb, desk):
        dossier = READY[verb](desk)
        elsewhere = ADesk(a_district())

        def attempt():
            with pytest.raises(NotYourRole):
                do(verb, dossier, rightful(verb, elsewhere), desk=desk)

        nothing_changed(dossier, attempt)

    def test_is_refused_to_a_clerk(self, verb, desk):
        dossier = READY[verb](desk)
        clerk = a_mandate(an_officer(PostRole.CLERK))

        with pytest.raises(NotYourRole):
            do(verb, dossier, clerk, desk=desk)


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_refuses_every_act_that_the_lifecycle_does_not_know_there(state, desk):
    dossier = STATES[state](desk)
    assert dossier.state == state
    forbidden = {verb for verb in VERBS if not allows(DossierState(state), verb)}
    assert forbidden

    for verb in sorted(forbidden):

        def attempt(verb=verb):
            with pytest.raises(TheStateForbidsIt) as refused:
                do(verb, dossier, rightful(verb, desk), desk=desk)
            assert str(DossierState(state).label) in str(refused.value)

        nothing_changed(dossier, attempt)


class TestTheHolder:
    @pytest.mark.parametrize("verb", HELD_ACTS)
    def test_alone_does_this(self, verb, desk):
        dossier = desk.taken_up()
        colleague = a_processor()

        def attempt():
            with pytest.raises(NotTheHolder, match="Phạm Văn Sáu"):
                do(verb, dossier, colleague, desk=desk)

        nothing_changed(dossier, attempt)

    def test_keeps_the_dossier_from_being_taken_up_again(self, desk):
        dossier = desk.taken_up()

        with pytest.raises(NotTheHolder):
            do("take_up", dossier, a_processor(), desk=desk)

    def test_is_changed_by_the_leader_only(self, desk):
        colleague = a_processor()
        dossier = desk.taken_up()

        dossier = do("assign", dossier, desk.leader, desk=desk, to_officer_id=colleague.officer_id)

        assert dossier.holder_id == colleague.officer_id
        with pytest.raises(NotTheHolder):
            do("propose", dossier, desk.processor, desk=desk)
        do("propose", dossier, colleague, desk=desk)


class TestAssignDossier:
    def test_refuses_somebody_who_does_not_process_dossiers_there(self, desk):
        dossier = desk.accepted()
        elsewhere = a_processor(a_district())

        for other in (desk.receiver, desk.leader, elsewhere):

            def attempt(other=other):
                with pytest.raises(Incomplete, match="không phải công chức xử lý"):
                    do("assign", dossier, desk.leader, desk=desk, to_officer_id=other.officer_id)

            nothing_changed(dossier, attempt)

    def test_refuses_an_officer_who_does_not_exist(self, desk):
        with pytest.raises(Incomplete):
            do("assign", desk.accepted(), desk.leader, desk=desk, to_officer_id=10**9)


class TestTheStep:
    def test_keeps_an_examined_dossier_from_being_examined_again(self, desk):
        dossier = desk.proposed()

        for verb in ("take_up", "propose", "request_supplement", "impose_obligation", "assign"):

            def attempt(verb=verb):
                with pytest.raises(TheStateForbidsIt, match="Ký Giấy khai sinh"):
                    do(verb, dossier, rightful(verb, desk), desk=desk)

            nothing_changed(dossier, attempt)

    def test_keeps_the_leader_from_signing_what_was_not_examined(self, desk):
        dossier = desk.taken_up()

        for verb in ("decide", "send_back"):

            def attempt(verb=verb):
                with pytest.raises(TheStateForbidsIt, match="chưa đến lúc"):
                    do(verb, dossier, desk.leader, desk=desk)

            nothing_changed(dossier, attempt)


class TestWords:
    @pytest.mark.parametrize(("verb", "word"), NEEDED_WORDS)
    @pytest.mark.parametrize("nothing", ["", "   \n\t ", "\u200b\ufeff", "\x00"])
    def test_are_needed(self, verb, word, nothing, desk):
        dossier = READY[verb](desk)

        def attempt():
            with pytest.raises(Incomplete, match="Hãy ghi"):
                do(verb, dossier, rightful(verb, desk), desk=desk, **{word: nothing})

        nothing_changed(dossier, attempt)

    @pytest.mark.parametrize(("verb", "word"), NEEDED_WORDS)
    def test_of_a_hundred_kilobytes_are_refused(self, verb, word, desk):
        dossier = READY[verb](desk)

        def attempt():
            with pytest.raises(Incomplete, match="ký tự"):
                do(verb, dossier, rightful(verb, desk), desk=desk, **{word: "ấ" * 100_000})

        nothing_changed(dossier, attempt)

    def test_are_put_on_record_in_one_unicode_form_without_what_nobody_sees(self, desk):
        dossier = do(
            "refuse",
            a_dossier(),
            desk.receiver,
            desk=desk,
            reason="Thie\u0302\u0301u gia\u0302\u0301y \x00tờ 👶\nDòng hai",
        )

        assert events_of(dossier)[-1].data["reason"] == "Thiếu giấy tờ 👶\nDòng hai"

    @pytest.mark.parametrize("verb", ["request_intake_supplement", "request_supplement"])
    def test_of_a_request_name_a_paper_of_this_case(self, verb, desk):
        dossier = READY[verb](desk)

        for keys, sentence in (((), "ít nhất một"), (("passport",), "passport")):

            def attempt(keys=keys, sentence=sentence):
                found = found_wanting(dossier, *keys)
                with pytest.raises(Incomplete, match=sentence):
                    do(verb, dossier, rightful(verb, desk), desk=desk, findings=found)

            nothing_changed(dossier, attempt)
        assert not SupplementRequest.objects.exists()

    @pytest.mark.parametrize("verb", ["propose", "decide"])
    @pytest.mark.parametrize("outcome", ["", "maybe", "GRANTED"])
    def test_of_an_outcome_are_two(self, verb, outcome, desk):
        with pytest.raises(Incomplete, match="đồng ý hay không đồng ý"):
            do(verb, READY[verb](desk), rightful(verb, desk), desk=desk, outcome=outcome)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_of_an_obligation_name_money(self, amount, desk):
        with pytest.raises(Incomplete, match="lớn hơn 0"):
            do("impose_obligation", desk.taken_up(), desk.processor, desk=desk, amount_dong=amount)

    def test_of_a_hand_over_say_how(self, desk):
        with pytest.raises(Incomplete, match="cách trả"):
            do("return_result", desk.decided(), desk.receiver, desk=desk, method="pigeon")


class TestAcceptDossier:
    def test_starts_the_clock_and_passes_the_dossier_to_the_examiner(self, desk):
        dossier = do("accept", a_dossier(), desk.receiver, desk=desk)

        assert dossier.accepted_at == LATER
        # Before 15:00: due at the close of the same day.
        assert dossier.due_at.astimezone(CITY_TIME).strftime("%d/%m %H:%M") == "15/10 17:00"
        assert dossier.step_key == "examine"
        assert dossier.step_unit.role == "specialist"
        assert dossier.step_unit.agency_id == dossier.settling_agency_id
        assert dossier.holder is None
        assert events_of(dossier)[-1].data["due_at"] == dossier.due_at.isoformat()

    def test_of_an_afternoon_promises_the_next_day(self, desk):
        half_past_three = NOW.replace(hour=8, minute=30)

        dossier = desk.accepted(at=half_past_three)

        assert dossier.due_at.astimezone(CITY_TIME).strftime("%d/%m %H:%M") == "16/10 17:00"


class TestRefuseDossier:
    def test_ends_it_with_no_clock_ever_started(self, desk):
        dossier = desk.refused()

        assert dossier.completed_at == NOW
        assert (dossier.accepted_at, dossier.due_at) == (None, None)
        assert (dossier.step_key, dossier.step_unit_id, dossier.holder_id) == (None, None, None)
        assert dossier.national_status == 3


class TestSendBackDossier:
    def test_brings_the_dossier_back_to_be_proposed_again(self, desk):
        dossier = do("send_back", desk.proposed(), desk.leader, desk=desk)
        assert (dossier.state, dossier.step_key) == ("in_progress", "examine")

        dossier = do("propose", dossier, desk.processor, desk=desk, outcome="denied")

        assert dossier.step_key == "decide"
        dossier = do("decide", dossier, desk.leader, desk=desk, outcome="denied")
        assert Result.objects.get(dossier=dossier).outcome == "denied"

    def test_gives_it_back_to_the_officer_who_proposed(self, desk):
        dossier = do("send_back", desk.proposed(), desk.leader, desk=desk)

        assert dossier.holder_id == desk.processor.officer_id


class TestDecideDossier:
    def test_writes_the_result_down_and_stops_the_clock(self, desk):
        dossier = do(
            "decide", desk.proposed(), desk.leader, desk=desk, number=" 125/KS ", outcome="denied"
        )

        result = Result.objects.get(dossier=dossier)
        assert (result.outcome, result.number) == ("denied", "125/KS")
        assert (result.decided_by_id, result.decided_at) == (desk.leader.officer_id, LATER)
        assert dossier.completed_at == LATER
        assert (dossier.step_key, dossier.step_unit_id) == ("return", dossier.receiving_unit_id)
        assert dossier.national_status == 9

    def test_tells_the_number_as_the_result_has_it(self, desk):
        dossier = do(
            "decide", desk.proposed(), desk.leader, desk=desk, number="125/QĐ-U\u0309y  ban"
        )

        result = Result.objects.get(dossier=dossier)
        assert result.number == "125/QĐ-Ủy ban"
        assert events_of(dossier)[-1].data["number"] == result.number


class TestReturnResult:
    def test_writes_down_who_received_it(self, desk):
        dossier = do("return_result", desk.decided(), desk.receiver, desk=desk)

        handed = HandOver.objects.get(dossier=dossier)
        assert (handed.method, handed.receiver) == ("counter", "Trần Văn Bình")
        assert handed.returned_by_id == desk.receiver.officer_id
        assert dossier.returned_at == handed.returned_at == LATER
        # On time is measured when it was decided, however late somebody comes for it.
        assert dossier.completed_at == NOW
        assert dossier.national_status == 10


class TestStopDossier:
    @pytest.mark.parametrize(
        "state", ["accepted", "in_progress", "awaiting_supplement", "awaiting_obligation"]
    )
    def test_ends_it_without_a_result_and_keeps_what_was_promised(self, state, desk):
        dossier = STATES[state](desk)
        promised = dossier.due_at

        dossier = do("stop", dossier, desk.leader, desk=desk)

        assert dossier.completed_at == LATER
        assert (dossier.paused_at, dossier.holder_id, dossier.step_key) == (None, None, None)
        assert dossier.due_at == promised
        assert not Result.objects.exists()
        assert not SupplementRequest.objects.filter(answered_at=None).exists()

    def test_leaves_nothing_to_supplement(self, desk):
        dossier = do("stop", desk.awaiting_supplement(), desk.leader, desk=desk)

        with pytest.raises(TheStateForbidsIt):
            supplement(dossier)
