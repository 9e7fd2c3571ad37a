"""Whoever may not act is told why, each cause in its own words."""

import re

import pytest

from motcua.dossiers import policies
from motcua.dossiers.lifecycle import IN_SETTLEMENT
from motcua.dossiers.policies import APPLICANT_ACTS, OFFICER_ACTS
from motcua.offices.models import PostRole
from motcua.procedures.queries import compiled
from tests.builders import (
    ADesk,
    a_citizen,
    a_district,
    a_dossier,
    a_mandate,
    a_processor,
    an_officer,
)
from tests.dossiers.acts import READY, STATES, do, rightful

pytestmark = pytest.mark.django_db

OF_ROLE = {
    role: {verb for verb, rule in OFFICER_ACTS.items() if rule.role == role}
    for role in (PostRole.RECEIVER, PostRole.PROCESSOR, PostRole.LEADER)
}
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")


@pytest.fixture
def desk() -> ADesk:
    return ADesk()


def standings(mandate, dossier) -> dict[str, policies.Standing]:
    version = compiled(dossier.version_id)
    return {s.verb: s for s in policies.standings_of(mandate, dossier, version)}


def why_not(verb, mandate, dossier) -> str:
    return standings(mandate, dossier)[verb].why_not


class TestStandingsOf:
    @pytest.mark.parametrize("state", sorted(STATES))
    def test_lists_every_act_of_the_officers_roles_allowed_or_with_a_sentence(self, state, desk):
        dossier = STATES[state](desk)

        for mandate, role in (
            (desk.receiver, PostRole.RECEIVER),
            (desk.processor, PostRole.PROCESSOR),
            (desk.leader, PostRole.LEADER),
        ):
            listed = standings(mandate, dossier)
            assert set(listed) == OF_ROLE[role]
            for standing in listed.values():
                assert standing.name
                assert standing.allowed is (standing.why_not == "")
                if standing.why_not:
                    assert VIETNAMESE.search(standing.why_not)
                    assert standing.why_not.endswith(".")

    @pytest.mark.parametrize("verb", sorted(OFFICER_ACTS))
    def test_allows_exactly_what_then_succeeds(self, verb, desk):
        dossier = READY[verb](desk)
        mandate = rightful(verb, desk)
        version = compiled(dossier.version_id)

        assert standings(mandate, dossier)[verb].allowed
        assert policies.officer_may(verb, mandate, dossier, version)
        do(verb, dossier, mandate, desk=desk)

    def test_gives_each_cause_a_sentence_of_its_own(self, desk):
        held, proposed, closed = desk.taken_up(), desk.proposed(), desk.refused()
        submitted, unheld = a_dossier(), desk.accepted()
        elsewhere, colleague = ADesk(a_district()), a_processor()

        sentences = [
            why_not("accept", desk.receiver, closed),
            why_not("accept", desk.receiver, held),
            why_not("accept", elsewhere.receiver, submitted),
            why_not("propose", desk.processor, proposed),
            why_not("propose", colleague, held),
            why_not("propose", desk.processor, unheld),
            why_not("decide", desk.leader, held),
        ]

        assert all(sentences)
        assert len(set(sentences)) == len(sentences), sentences

    def test_names_who_holds_the_dossier(self, desk):
        assert "Phạm Văn Sáu" in why_not("propose", a_processor(), desk.taken_up())

    def test_names_the_unit_to_which_an_act_belongs(self, desk):
        elsewhere = ADesk(a_district())
        dossier = a_dossier()

        assert dossier.receiving_unit.name in why_not("accept", elsewhere.receiver, dossier)

    def test_is_empty_for_a_clerk(self):
        assert standings(a_mandate(an_officer(PostRole.CLERK)), a_dossier()) == {}

    def test_adds_up_for_somebody_who_holds_two_posts(self):
        both = a_mandate(an_officer(PostRole.RECEIVER, PostRole.LEADER))

        assert set(standings(both, a_dossier())) == (
            OF_ROLE[PostRole.RECEIVER] | OF_ROLE[PostRole.LEADER]
        )


class TestApplicantMay:
    @pytest.mark.parametrize("state", sorted(STATES))
    def test_agrees_with_what_the_state_allows(self, state, desk):
        dossier = STATES[state](desk)
        allowed = {
            verb for verb in APPLICANT_ACTS if policies.applicant_may(verb, dossier.owner, dossier)
        }

        assert allowed == {
            "submitted": {"withdraw"},
            "intake_supplement": {"withdraw", "supplement_intake"},
            "awaiting_supplement": {"supplement", "request_withdrawal"},
            **{key: {"request_withdrawal"} for key in IN_SETTLEMENT - {"awaiting_supplement"}},
        }.get(state, set())

    def test_allows_a_stranger_nothing(self, desk):
        stranger = a_citizen("Lý Thị Lan")

        for dossier in (a_dossier(), desk.asked_at_intake(), desk.awaiting_supplement()):
            assert not any(policies.applicant_may(v, stranger, dossier) for v in APPLICANT_ACTS)


class TestMaySee:
    def test_is_for_the_agency_that_settles_and_no_other(self, desk):
        dossier = a_dossier()

        for mandate in (desk.receiver, desk.processor, desk.leader):
            assert policies.may_see(mandate, dossier)
        elsewhere = ADesk(a_district())
        for mandate in (elsewhere.receiver, elsewhere.processor, elsewhere.leader):
            assert not policies.may_see(mandate, dossier)
