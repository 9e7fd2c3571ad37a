"""An office asks once, after looking at every paper; once more only if the leader agrees."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.dossiers import queries, services
from motcua.dossiers.models import ComponentReview, Phase, Plea, PleaKind, SupplementRequest
from motcua.dossiers.policies import Asked, NeedsTheHead, NothingToAnswer
from motcua.dossiers.services import Finding, Incomplete, ReviewChanged, TheStateForbidsIt
from motcua.procedures.queries import compiled
from tests.builders import NOW, ADesk, a_dossier, a_processor, found_wanting
from tests.dossiers.acts import LATER, columns_of, do, events_of, rightful, supplement

pytestmark = pytest.mark.django_db

ASKING = ["request_intake_supplement", "request_supplement"]
FINE = Finding(verdict="fine")
WANTING = Finding(
    verdict="needed", needed="Chụp lại.", why="Ảnh mờ.", example="Ảnh đủ bốn góc, đọc rõ số."
)


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


def ready_for(verb: str, desk: ADesk):
    return a_dossier() if verb == "request_intake_supplement" else desk.taken_up()


def review(dossier, mandate, *, seen=None, at=LATER, **findings):
    return services.review_components(
        dossier_id=dossier.pk, mandate=mandate, findings=findings, seen=seen, at=at
    )


def papers_of(dossier) -> list[str]:
    return [c.key for c in queries.components_to_review(dossier, compiled(dossier.version_id))]


@pytest.mark.parametrize("verb", ASKING)
class TestARequest:
    def test_is_refused_until_every_paper_was_checked(self, verb, desk):
        dossier = ready_for(verb, desk)
        assert len(papers_of(dossier)) > 1
        before, history = columns_of(dossier), len(events_of(dossier))

        with pytest.raises(Incomplete, match="kiểm tra đủ mọi giấy tờ"):
            do(
                verb,
                dossier,
                rightful(verb, desk),
                desk=desk,
                findings={"birth_certificate": WANTING},
            )

        assert columns_of(dossier) == before
        assert len(events_of(dossier)) == history
        assert not SupplementRequest.objects.exists()
        assert not ComponentReview.objects.exists()

    def test_counts_what_was_put_down_before(self, verb, desk):
        dossier = ready_for(verb, desk)
        mandate = rightful(verb, desk)
        first, *others = papers_of(dossier)
        review(dossier, mandate, **dict.fromkeys(others, FINE))

        asked = do(verb, dossier, mandate, desk=desk, findings={first: WANTING})

        assert asked.answer_due_at is not None
        told = events_of(dossier)[-1].data
        assert told["items"] == [
            {
                "key": first,
                "needed": WANTING.needed,
                "why": WANTING.why,
                "example": WANTING.example,
            }
        ]
        assert sorted(told["fine"]) == sorted(others)
        assert told["answer_due_at"] == asked.answer_due_at.isoformat()

    def test_is_refused_when_nothing_is_needed(self, verb, desk):
        dossier = ready_for(verb, desk)

        with pytest.raises(Incomplete, match="ít nhất một"):
            do(verb, dossier, rightful(verb, desk), desk=desk, findings=found_wanting(dossier))

    def test_knows_its_phase(self, verb, desk):
        dossier = ready_for(verb, desk)
        do(verb, dossier, rightful(verb, desk), desk=desk)

        phase = Phase.INTAKE if verb == "request_intake_supplement" else Phase.EXAMINATION
        assert SupplementRequest.objects.get(dossier=dossier).phase == phase

    @pytest.mark.parametrize(
        ("finding", "sentence"),
        [
            (Finding(verdict="perhaps"), "Hãy chọn"),
            (Finding(verdict="needed", why="Mờ."), "cần gì"),
            (Finding(verdict="needed", needed="Chụp lại.", why=" "), "vì sao"),
            (Finding(verdict="needed", needed="ấ" * 501, why="Mờ."), "ký tự"),
        ],
    )
    def test_says_what_and_why_of_each_paper(self, verb, finding, sentence, desk):
        dossier = ready_for(verb, desk)
        found = {**found_wanting(dossier), "birth_certificate": finding}

        with pytest.raises(Incomplete, match=sentence):
            do(verb, dossier, rightful(verb, desk), desk=desk, findings=found)
        assert not ComponentReview.objects.exists()


class TestAReview:
    def test_is_kept_with_who_and_when(self, desk):
        dossier = desk.taken_up()

        kept = review(dossier, desk.processor, birth_certificate=WANTING)

        finding = kept.findings["birth_certificate"]
        assert (finding.reviewed_by_id, finding.reviewed_at) == (desk.processor.officer_id, LATER)
        assert (finding.needed, finding.why, finding.example) == (
            WANTING.needed,
            WANTING.why,
            WANTING.example,
        )
        assert kept.revision == 1

    def test_said_twice_is_put_down_once(self, desk):
        dossier = desk.taken_up()
        review(dossier, desk.processor, birth_certificate=WANTING)

        kept = review(
            dossier, desk.processor, at=LATER + timedelta(hours=1), birth_certificate=WANTING
        )

        assert kept.revision == 1
        assert kept.findings["birth_certificate"].reviewed_at == LATER

    def test_of_two_tabs_takes_the_first_and_tells_the_second(self, desk):
        dossier = desk.taken_up()
        seen = queries.review_of(dossier).revision
        review(dossier, desk.processor, seen=seen, birth_certificate=WANTING)

        with pytest.raises(ReviewChanged, match="cửa sổ khác"):
            review(dossier, desk.processor, seen=seen, birth_certificate=FINE)

        assert ComponentReview.objects.get().verdict == "needed"

    def test_that_another_tab_changed_is_not_sent_either(self, desk):
        dossier = desk.taken_up()
        seen = queries.review_of(dossier).revision
        review(dossier, desk.processor, seen=seen, birth_certificate=FINE)

        with pytest.raises(ReviewChanged):
            do("request_supplement", dossier, desk.processor, desk=desk, seen=seen)
        assert not SupplementRequest.objects.exists()

    def test_is_no_part_of_the_history(self, desk):
        dossier = desk.taken_up()
        history = len(events_of(dossier))

        review(dossier, desk.processor, birth_certificate=WANTING)

        assert len(events_of(dossier)) == history

    def test_is_for_who_may_ask(self, desk):
        dossier = desk.taken_up()

        for other in (desk.receiver, desk.leader, a_processor()):
            with pytest.raises(services.NotAllowed):
                review(dossier, other, birth_certificate=WANTING)
        assert not ComponentReview.objects.exists()

    def test_at_intake_does_not_stand_for_the_examination(self, desk):
        dossier = a_dossier()
        review(dossier, desk.receiver, **dict.fromkeys(papers_of(dossier), FINE))
        dossier = desk.taken_up(dossier)

        assert queries.review_of(dossier).findings == {}

    def test_cannot_be_a_request_without_words(self, desk):
        dossier = desk.taken_up()
        review(dossier, desk.processor, birth_certificate=WANTING)

        with (
            pytest.raises(IntegrityError, match="review_says_what_and_why"),
            transaction.atomic(),
        ):
            ComponentReview.objects.update(why="")


class TestAFurtherRound:
    @pytest.mark.parametrize("verb", ASKING)
    def test_is_blocked_with_a_sentence_that_says_what_to_do(self, verb, desk):
        at_intake = verb == "request_intake_supplement"
        dossier = desk.answered_at_intake() if at_intake else desk.answered()

        with pytest.raises(NeedsTheHead, match="Đề nghị yêu cầu bổ sung thêm"):
            do(verb, dossier, rightful(verb, desk), desk=desk)
        assert SupplementRequest.objects.count() == 1

    def test_is_counted_by_phase(self, desk):
        dossier = desk.taken_up(desk.answered_at_intake())

        dossier = do("request_supplement", dossier, desk.processor, desk=desk)

        assert dossier.state == "awaiting_supplement"
        assert [r.round for r in queries.requests_of(dossier)] == [1, 2]

    def test_is_asked_for_once_at_a_time(self, desk):
        dossier = desk.asked_for_a_further_round()

        with pytest.raises(TheStateForbidsIt, match="đang chờ lãnh đạo"):
            do("ask_further_round", dossier, desk.processor, desk=desk)
        assert Plea.objects.count() == 1

    def test_needs_no_leave_the_first_time(self, desk):
        with pytest.raises(TheStateForbidsIt, match="ngay"):
            do("ask_further_round", desk.taken_up(), desk.processor, desk=desk)

    def test_goes_on_once_the_leader_agreed_and_no_further(self, desk):
        dossier = desk.approved_a_further_round()
        dossier = do("request_supplement", dossier, desk.processor, desk=desk)
        assert dossier.state == "awaiting_supplement"
        dossier = supplement(dossier)

        with pytest.raises(NeedsTheHead):
            do("request_supplement", dossier, desk.processor, desk=desk)
        with pytest.raises(NothingToAnswer):
            do("approve_further_round", dossier, desk.leader, desk=desk)

    def test_stays_blocked_when_the_leader_declined_and_may_be_asked_for_again(self, desk):
        dossier = desk.asked_for_a_further_round()
        do("decline_further_round", dossier, desk.leader, desk=desk)

        with pytest.raises(NeedsTheHead):
            do("request_supplement", dossier, desk.processor, desk=desk)
        do("ask_further_round", dossier, desk.processor, desk=desk)
        assert [p.outcome for p in queries.pleas_of(dossier)] == ["declined", None]

    def test_is_on_record_with_both_reasons(self, desk):
        dossier = desk.approved_a_further_round()

        asked, approved = events_of(dossier)[-2:]
        assert (asked.kind, approved.kind) == (
            "dossiers.further-round-asked",
            "dossiers.further-round-approved",
        )
        assert asked.data == {
            "phase": "examination",
            "round": 2,
            "reason": "Giấy nộp thêm lại thiếu trang sau.",
        }
        assert approved.actor == desk.leader.actor

    def test_left_open_at_intake_is_nobodys_question_after_acceptance(self, desk):
        dossier = desk.answered_at_intake()
        do("ask_further_intake_round", dossier, desk.receiver, desk=desk)
        dossier = desk.taken_up(dossier)

        assert not Asked(dossier).waits(PleaKind.FURTHER_ROUND)
        [line] = queries.found_by(desk.processor, dossier.code).lines(0, 1)
        assert line.asked is None
        dossier = supplement(do("request_supplement", dossier, desk.processor, desk=desk))
        do("ask_further_round", dossier, desk.processor, desk=desk)
        assert [p.outcome for p in queries.pleas_of(dossier)] == ["lapsed", None]

    def test_is_in_the_figures_of_its_unit(self, desk):
        desk.approved_a_further_round()
        declined = desk.asked_for_a_further_round()
        do("decline_further_round", declined, desk.leader, desk=desk)
        desk.asked_for_a_further_round()

        agencies = sorted(desk.leader.agency_ids)
        [figures] = queries.further_rounds_by_unit(agencies, month=NOW.date())

        counted = {"asked": 3, "granted": 1, "declined": 1, "lapsed": 0, "waiting": 1}
        assert figures.counts == counted
        assert figures.unit_id == declined.step_unit_id
        assert not queries.further_rounds_by_unit(agencies, month=NOW.date() + timedelta(days=31))
