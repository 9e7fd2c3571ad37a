"""A month drawn up, answered, decided, approved by two, published; and what is refused."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from motcua.disclosure import services
from motcua.disclosure.models import DisclosedDossier, DisclosedLine, Publication, Reply
from motcua.disclosure.queries import content_for, content_of, lines_concerning
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency, PostRole
from tests.builders import a_leader, a_mandate, a_processor, an_agency, an_officer
from tests.disclosure.months import (
    ANSWERED,
    CITY,
    DRAFTED,
    FIGURES,
    OCTOBER,
    OPENED,
    OVER,
    AnOffice,
    ended_late,
    line_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> AnOffice:
    """An office, after a month in which the ward was late twice, once for nobody's fault."""
    office = AnOffice()
    ended_late(office.desk)
    ended_late(office.desk)
    ended_late(office.desk, cause="other_agency")
    return office


def kinds_of(publication: Publication) -> list[str]:
    events = LedgerEvent.objects.filter(subject_id=str(publication.pk)).order_by("subject_seq")
    return [event.kind.removeprefix("disclosure.") for event in events]


class TestDrafting:
    def test_counts_what_is_the_agencys_and_keeps_the_rest_apart(self, office):
        publication = office.drafted()

        agency, unit, person = DisclosedLine.objects.order_by("pk")
        assert (agency.kind, agency.late, agency.ended, agency.worst_days) == ("agency", 2, 2, 3)
        assert (unit.kind, unit.late) == ("unit", 2)
        assert (person.kind, person.late) == ("officer", 2)
        assert person.officer_id == office.desk.processor.officer_id  # held it when it became late
        assert person.post
        assert DisclosedDossier.objects.filter(cause="other_agency", officer=None).count() == 1
        assert content_for(publication)["excused"][0]["dossiers"] == 1

    def test_names_nobody_for_what_was_not_explained(self, office):
        office.desk.accepted()

        publication = office.drafted()

        agency = line_of(publication)
        assert (agency.late, agency.ended, agency.unexplained) == (3, 2, 1)
        assert line_of(publication, "officer").late == 2

    def test_masks_the_codes(self, office):
        office.drafted()

        for each in DisclosedDossier.objects.select_related("dossier"):
            assert "*" in each.code
            assert each.code != each.dossier.code

    def test_of_a_month_in_which_nothing_was_late_lists_nobody(self):
        office = AnOffice()

        publication = office.drafted()

        assert not DisclosedLine.objects.exists()
        assert "Sở Xây dựng" in content_for(publication)["agencies_without"]

    @pytest.mark.parametrize(
        ("month", "at"),
        [
            (date(2024, 11, 1), DRAFTED),
            (date(2024, 12, 1), DRAFTED),
            (OCTOBER, datetime(2024, 10, 31, 16, 59, tzinfo=UTC)),  # a minute to midnight
        ],
    )
    def test_waits_until_the_month_has_ended(self, office, month, at):
        with pytest.raises(services.MonthHasNotEnded):
            services.draft_publication(month=month, mandate=office.drafter, figures=FIGURES, at=at)

    def test_may_begin_at_midnight(self, office):
        assert office.drafted(at=datetime(2024, 10, 31, 17, 0, tzinfo=UTC)).pk

    def test_is_done_once_a_month(self, office):
        office.drafted()
        with pytest.raises(services.AlreadyDrafted):
            office.drafted()

    def test_is_done_again_once_the_draft_was_given_up(self, office):
        services.withdraw_publication(
            publication_id=office.drafted().pk,
            mandate=office.drafter,
            reason="Số liệu còn thiếu.",
            at=OPENED,
        )
        assert office.drafted().state == "draft"

    def test_is_the_offices_business(self, office):
        with pytest.raises(services.NotTheCitysOffice):
            services.draft_publication(
                month=OCTOBER, mandate=a_leader(), figures=FIGURES, at=DRAFTED
            )


class TestReplying:
    def reply(self, publication, line, mandate, *, words="Hồ sơ chờ xác minh.", at=ANSWERED):
        return services.reply_to_line(
            publication_id=publication.pk, line_id=line.pk, mandate=mandate, words=words, at=at
        )

    def test_is_for_the_head_of_the_agency_and_for_who_is_named(self, office):
        publication = office.replying()

        self.reply(publication, line_of(publication), office.desk.leader)
        self.reply(publication, line_of(publication, "officer"), a_leader())

        assert Reply.objects.count() == 2
        assert {line.kind for line in lines_concerning(office.desk.leader)} == {
            "agency",
            "unit",
            "officer",
        }

    def test_a_named_officer_answers_without_leading_anything(self, office):
        publication = office.replying()
        named = line_of(publication, "officer")
        assert named.officer_id == office.desk.processor.officer_id

        self.reply(publication, named, office.desk.processor)

        with pytest.raises(services.NotNamedThere):
            self.reply(publication, line_of(publication), office.desk.processor)

    def test_is_not_for_strangers(self, office):
        publication = office.replying()
        strangers = (
            a_processor(),
            a_leader(an_agency("Sở Xây dựng")),
            office.drafter,
            office.chair,
        )
        for stranger in strangers:
            for kind in ("agency", "unit", "officer"):
                with pytest.raises(services.NotNamedThere):
                    self.reply(publication, line_of(publication, kind), stranger)

    @pytest.mark.parametrize("at", [OVER, datetime(2024, 11, 8, 10, 0, tzinfo=UTC)])
    def test_ends_with_the_window(self, office, at):
        publication = office.replying()
        assert publication.replies_due_at == datetime(2024, 11, 8, 10, 0, tzinfo=UTC)
        with pytest.raises(services.RepliesAreClosed):
            self.reply(publication, line_of(publication), office.desk.leader, at=at)

    def test_waits_until_the_window_opens(self, office):
        publication = office.drafted()
        with pytest.raises(services.RepliesAreClosed):
            self.reply(publication, line_of(publication), office.desk.leader)

    def test_is_done_once(self, office):
        publication = office.replying()
        self.reply(publication, line_of(publication), office.desk.leader)
        with pytest.raises(services.RepliedBefore):
            self.reply(publication, line_of(publication), office.desk.leader)

    @pytest.mark.parametrize(
        "words",
        [
            "Ông TRẦN VĂN BÌNH nộp thiếu giấy.",
            "ong tran van binh nop thieu",
            "Người nộp có số 092893000009.",
            "Gọi 0900 000 321 không ai nghe.",
        ],
    )
    def test_names_no_citizen(self, office, words):
        publication = office.replying()
        with pytest.raises(services.NamesACitizen):
            self.reply(publication, line_of(publication), office.desk.leader, words=words)

    def test_tells_no_whole_code(self, office):
        publication = office.replying()
        code = DisclosedDossier.objects.select_related("dossier")[0].dossier.code
        with pytest.raises(services.NamesACitizen):
            self.reply(
                publication, line_of(publication), office.desk.leader, words=f"Hồ sơ {code}."
            )

    def test_says_something(self, office):
        publication = office.replying()
        with pytest.raises(services.NeedsAReason):
            self.reply(publication, line_of(publication), office.desk.leader, words=" ")

    def test_a_line_of_another_publication_is_not_there(self, office):
        publication = office.replying()
        line = line_of(publication)
        with pytest.raises(services.NoSuchPublication):
            services.reply_to_line(
                publication_id=publication.pk + 1,
                line_id=line.pk,
                mandate=office.desk.leader,
                words="x",
                at=ANSWERED,
            )


class TestReviewing:
    def change(self, act, publication, line, mandate, **said):
        return act(
            publication_id=publication.pk, line_id=line.pk, mandate=mandate, at=ANSWERED, **said
        )

    def test_a_struck_agency_takes_with_it_what_stands_below(self, office):
        publication = office.replying()
        line = line_of(publication)

        self.change(services.strike_line, publication, line, office.drafter, reason="Đếm nhầm.")

        content = content_for(publication)
        assert (content["agencies"], content["units"], content["persons"]) == ([], [], [])
        assert [each["cause"] for each in content["dossiers"]] == ["other_agency"]
        assert line.agency_name not in content["agencies_without"]

    def test_an_amended_line_tells_both_numbers_and_why(self, office):
        publication = office.replying()

        self.change(
            services.amend_line,
            publication,
            line_of(publication),
            office.drafter,
            late=1,
            reason="Một hồ sơ chờ xác minh.",
        )

        [row] = content_for(publication)["agencies"]
        assert row["late"] == 1
        assert row["amended"] == {"late_before": 2, "reason": "Một hồ sơ chờ xác minh."}

    @pytest.mark.parametrize("late", [0, 2, 9, -1])
    def test_a_line_is_amended_to_fewer(self, office, late):
        publication = office.replying()
        with pytest.raises(services.AmendedToNothingLess):
            self.change(
                services.amend_line,
                publication,
                line_of(publication),
                office.drafter,
                late=late,
                reason="x",
            )

    def test_needs_a_reason(self, office):
        publication = office.replying()
        with pytest.raises(services.NeedsAReason):
            self.change(
                services.strike_line,
                publication,
                line_of(publication),
                office.drafter,
                reason=" ",
            )

    def test_is_nobody_elses(self, office):
        publication = office.replying()
        with pytest.raises(services.NotTheCitysOffice):
            self.change(
                services.strike_line,
                publication,
                line_of(publication),
                office.desk.leader,
                reason="Không đúng.",
            )

    def test_naming_is_decided_by_a_leader_of_the_city(self, office):
        publication = office.replying()
        for mandate in (office.drafter, office.desk.leader):
            with pytest.raises(services.NotALeaderOfTheCity):
                self.change(
                    services.decide_naming,
                    publication,
                    line_of(publication, "officer"),
                    mandate,
                    decision="publish",
                    reason="x",
                )

    def test_naming_needs_a_decision_and_a_reason(self, office):
        publication = office.replying()
        for said in ({"decision": "", "reason": "x"}, {"decision": "publish", "reason": ""}):
            with pytest.raises(services.NeedsAReason):
                self.change(
                    services.decide_naming,
                    publication,
                    line_of(publication, "officer"),
                    office.head,
                    **said,
                )

    def test_an_agency_is_no_person(self, office):
        publication = office.replying()
        with pytest.raises(services.NotAPerson):
            self.change(
                services.decide_naming,
                publication,
                line_of(publication),
                office.head,
                decision="publish",
                reason="x",
            )

    def test_a_person_is_named_by_decision_only(self, office):
        publication = office.submitted("withhold")

        assert content_of(publication)["persons"] == []
        name = line_of(publication, "officer").officer_name.encode()
        assert name not in bytes(publication.content)


class TestSubmitting:
    def submit(self, publication, office, *, at=OVER):
        return services.submit_publication(
            publication_id=publication.pk, mandate=office.drafter, at=at
        )

    def test_waits_for_the_window(self, office):
        publication = office.replying()
        office.decide_all(publication)
        with pytest.raises(services.RepliesAreOpen):
            self.submit(publication, office, at=ANSWERED)

    def test_waits_for_every_decision_about_a_person(self, office):
        publication = office.replying()
        with pytest.raises(services.NamingIsUndecided):
            self.submit(publication, office)

    def test_seals_canonical_bytes_under_their_digest(self, office):
        publication = office.submitted()

        content = bytes(publication.content)
        assert hashlib.sha256(content).hexdigest() == publication.digest
        assert chain.canonical(json.loads(content)).encode() == content

    def test_is_in_vietnamese_whoever_presses(self, office):
        with translation.override("en"):
            publication = office.submitted()

        assert "Do cơ quan khác phối hợp".encode() in bytes(publication.content)

    def test_names_no_citizen_whatever_happened(self, office):
        content = bytes(office.submitted().content).decode()

        for each in DisclosedDossier.objects.select_related("dossier"):
            assert each.dossier.owner_name not in content
            assert each.dossier.code not in content

    def test_closes_everything_else(self, office):
        publication = office.submitted()
        for act, said in (
            (services.strike_line, {"reason": "x"}),
            (services.amend_line, {"late": 1, "reason": "x"}),
            (services.decide_naming, {"decision": "withhold", "reason": "x"}),
        ):
            with pytest.raises(services.TheStateForbidsIt):
                act(
                    publication_id=publication.pk,
                    line_id=line_of(publication).pk,
                    mandate=office.head,
                    at=OVER,
                    **said,
                )


class TestApproving:
    def test_takes_two_others(self, office):
        publication = office.approved()

        assert publication.first_approved_by_id == office.head.officer_id
        assert publication.second_approved_by_id == office.chair.officer_id
        assert publication.state == "approving"

    def test_is_not_for_who_drafted_it(self, office):
        publication = office.submitted()
        with pytest.raises(services.NotAnother):
            office.approve(publication, office.drafter)

    def test_is_not_done_twice_by_one(self, office):
        publication = office.submitted()
        office.approve(publication, office.head)
        with pytest.raises(services.NotAnother):
            office.approve(publication, office.head)

    def test_is_the_citys(self, office):
        publication = office.submitted()
        with pytest.raises(services.NotTheCitysOffice):
            office.approve(publication, office.desk.leader)

    def test_is_of_what_was_read(self, office):
        publication = office.submitted()
        with pytest.raises(services.NotWhatWasRead):
            services.approve_publication(
                publication_id=publication.pk,
                mandate=office.head,
                seen_digest="0" * 64,
                at=OVER,
            )

    def test_falls_with_the_content_that_it_was_of(self, office):
        publication = office.approved()

        services.send_back_publication(
            publication_id=publication.pk, mandate=office.chair, reason="Xem lại.", at=OVER
        )

        publication.refresh_from_db()
        assert (publication.state, publication.content) == ("replying", None)
        assert publication.first_approved_by_id is None
        assert publication.second_approved_by_id is None
        again = services.submit_publication(
            publication_id=publication.pk, mandate=office.drafter, at=OVER
        )
        assert (again.state, again.sent_back_reason) == ("approving", "")

    def test_a_third_changes_nothing(self, office):
        publication = office.approved()
        third = a_mandate(an_officer(PostRole.PROCESSOR, agency=an_agency(CITY)))

        assert office.approve(publication, third).second_approved_by_id == office.chair.officer_id


class TestPublishing:
    @pytest.mark.parametrize("approvals", [0, 1])
    def test_waits_for_two_approvals(self, office, approvals):
        publication = office.submitted()
        for mandate in (office.head, office.chair)[:approvals]:
            office.approve(publication, mandate)
        with pytest.raises(services.NotYetApproved):
            office.publish(publication)

    def test_is_not_done_from_a_draft(self, office):
        with pytest.raises(services.TheStateForbidsIt):
            office.publish(office.replying())

    def test_is_done_once(self, office):
        publication = office.published()
        with pytest.raises(services.TheStateForbidsIt):
            office.publish(publication)

    def test_leaves_its_whole_way_on_record(self, office):
        publication = office.published()

        assert kinds_of(publication) == [
            "drafted",
            "replies-opened",
            "naming-decided",
            "submitted",
            "approved",
            "approved",
            "published",
        ]
        assert chain.verify() is None

    def test_is_not_taken_back(self, office):
        publication = office.published()
        with pytest.raises(services.TheStateForbidsIt):
            services.withdraw_publication(
                publication_id=publication.pk, mandate=office.head, reason="x", at=OVER
            )

    def test_does_not_change_with_what_happens_later(self, office):
        publication = office.published()
        before = bytes(publication.content)
        ended_late(office.desk)
        line = line_of(publication)
        Agency.objects.filter(pk=line.agency_id).update(name="Tên khác")

        publication.refresh_from_db()
        assert bytes(publication.content) == before
        assert content_of(publication)["agencies"][0]["agency"] == line.agency_name
