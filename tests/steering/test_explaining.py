"""A missed target is explained by the head, and answered by the city's office."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.steering import policies
from motcua.steering.models import TargetExplanation
from motcua.steering.queries.targets import explanations_of, standing_target
from motcua.steering.services import (
    UnusableWords,
    WaitsForAnAnswer,
    answer_explanation,
    explain_target,
    load_targets,
)
from tests.builders import NOW, TODAY, a_district, a_leader, a_processor, an_agency

from .test_progress import progress

pytestmark = pytest.mark.django_db

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
WHY = "Đường truyền của 03 phường yếu; đã bố trí 05 máy tại Bộ phận Một cửa."
BEHIND = progress(*[(30, 100)] * 10)
AHEAD = progress(*[(65, 100)] * 10)


@pytest.fixture(autouse=True)
def _the_register(db):
    an_agency()
    load_targets(at=NOW)


def explains(mandate=None, stand=BEHIND, words=WHY) -> TargetExplanation:
    """Explain the district's target as its head, unless told otherwise."""
    target = standing_target(a_district().pk, TODAY, at=NOW)
    return explain_target(
        mandate=mandate or a_leader(a_district()),
        target_id=target.pk,
        progress=stand,
        until=TODAY,
        words=words,
        at=NOW,
    )


def answers(explanation, mandate=None, *, accepted=True, answer="") -> TargetExplanation:
    """Answer as the city's office."""
    return answer_explanation(
        mandate=mandate or a_processor(an_agency(CITY)),
        explanation_id=explanation.pk,
        accepted=accepted,
        answer=answer,
        at=NOW,
    )


class TestExplaining:
    def test_keeps_the_words_and_the_figures_of_then(self):
        explanation = explains()

        assert explanations_of(a_district().pk) == [explanation]
        assert (explanation.online, explanation.received) == (300, 1000)
        assert (explanation.words, explanation.until_on) == (WHY, date(2024, 10, 15))

    def test_is_for_the_head_of_the_agency(self):
        for somebody in (a_leader(), a_processor(a_district()), a_leader(an_agency(CITY))):
            with pytest.raises(policies.NotForYou):
                explains(somebody)

    def test_needs_a_target_that_falls_short(self):
        with pytest.raises(policies.NothingToExplain):
            explains(stand=AHEAD)

    @pytest.mark.parametrize("words", ["", " \n ", "a" * 4001])
    def test_needs_words(self, words):
        with pytest.raises(UnusableWords):
            explains(words=words)

    def test_said_twice_is_one(self):
        head = a_leader(a_district())

        assert explains(head) == explains(head)

    def test_waits_for_the_answer_to_the_last(self):
        head = a_leader(a_district())
        first = explains(head)
        with pytest.raises(WaitsForAnAnswer):
            explains(head, words="Thêm.")

        answers(first, accepted=False, answer="Nêu rõ từng phường.")

        assert explains(head, words="Từng phường: …").pk != first.pk


class TestAnswering:
    def test_is_for_the_citys_office(self):
        explanation = explains()

        for somebody in (a_leader(a_district()), a_leader(an_agency("Sở Nội vụ"))):
            with pytest.raises(policies.NotForYou):
                answers(explanation, somebody)
        assert answers(explanation).accepted

    def test_sent_back_says_what_is_missing(self):
        with pytest.raises(UnusableWords):
            answers(explains(), accepted=False, answer=" ")

    def test_is_done_once(self):
        explanation = explains()
        answers(explanation)

        with pytest.raises(policies.AnsweredAlready):
            answers(explanation, accepted=False, answer="Thiếu.")


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("change", "truth"),
        [
            ({}, "target_explanation_waits_once_for_an_answer"),
            ({"words": ""}, "target_explanation_says_something"),
            ({"accepted": True}, "target_explanation_is_answered_by_somebody_at_a_moment"),
            ({"online": 2000}, "target_explanation_counts_no_more_online_than_received"),
        ],
    )
    def test_keeps_what_is_true_of_explanations(self, change, truth):
        explanation = explains()
        explanation.pk = None
        for name, value in change.items():
            setattr(explanation, name, value)

        with pytest.raises(IntegrityError, match=truth), transaction.atomic():
            explanation.save(force_insert=True)
