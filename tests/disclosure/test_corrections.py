"""Corrections: of what is public only, by two, in sight; a name that goes away goes everywhere."""

import json

import pytest

from motcua.disclosure import services
from motcua.disclosure.queries import NoSuchPublication, published_of
from motcua.kernel.ledger import chain
from tests.disclosure.months import OCTOBER, OVER, AnOffice, ended_late, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> AnOffice:
    office = AnOffice()
    ended_late(office.desk)
    ended_late(office.desk)
    return office


class TestWhatEverybodyReads:
    def test_is_not_there_before_it_is_public(self, office):
        office.approved()
        with pytest.raises(NoSuchPublication):
            published_of(OCTOBER)

    def test_shows_a_restated_figure_beside_the_former_one(self, office):
        publication = office.published()

        office.issued(publication)

        found = published_of(OCTOBER)
        [row] = found.view["agencies"]
        assert row["late"] == 1
        assert row["restated"] == {"late": {"former": 2, "number": 1}}
        [told] = found.view["corrections"]
        assert (told["former"], told["new"], told["reason"]) == ("2", "1", "Đếm lại.")

    def test_keeps_a_struck_row_readable(self, office):
        publication = office.published()
        name = line_of(publication, "officer").officer_name

        office.issued(publication, change="strike", target="P1", reason="Không phải người này.")

        [row] = published_of(OCTOBER).view["persons"]
        assert (row["struck"], row["name"]) == (1, name)

    def test_forgets_a_name_that_was_taken_away_everywhere(self, office):
        publication = office.replying()
        person = line_of(publication, "officer")
        name = person.officer_name
        services.reply_to_line(
            publication_id=publication.pk,
            line_id=line_of(publication).pk,
            mandate=office.desk.leader,
            words=f"Đồng chí {name.upper()} nghỉ ốm.",
            at=OVER.replace(day=6),
        )
        office.decide_all(publication)
        services.submit_publication(publication_id=publication.pk, mandate=office.drafter, at=OVER)
        office.approve(publication, office.head)
        office.approve(publication, office.chair)
        publication = office.publish(publication)
        office.issued(publication, target="P1", reason=f"Đếm lại cho {name}.")
        assert name in json.dumps(published_of(OCTOBER).view, ensure_ascii=False)

        office.issued(publication, change="unname", target="P1", reason="Khiếu nại đúng.")

        found = published_of(OCTOBER)
        text = json.dumps(found.view, ensure_ascii=False)
        assert name.casefold() not in text.casefold()
        [row] = found.view["persons"]
        assert (row["unnamed"], row["post"], row["late"]) == (True, "", 1)
        assert name.encode() in bytes(publication.content)  # inside, for the record

    def test_counts_its_corrections_in_order(self, office):
        publication = office.published()

        office.issued(publication)
        office.issued(publication, target="U1")

        assert [each.number for each in published_of(OCTOBER).corrections] == [1, 2]
        assert chain.verify() is None


class TestProposing:
    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            ({"reason": " "}, services.NeedsAReason),
            ({"change": "rewrite"}, services.NeedsAReason),
            ({"target": "A9"}, services.NothingToCorrect),
            ({"field": "agency"}, services.NothingToCorrect),
            ({"new": "2"}, services.NothingToCorrect),
            ({"new": "hai"}, services.NothingToCorrect),
            ({"new": "-1"}, services.NothingToCorrect),
            ({"change": "unname"}, services.NothingToCorrect),
            ({"target": "I1", "field": "points", "new": "1,234"}, services.NothingToCorrect),
            ({"reason": "Của ông Trần Văn Bình."}, services.NamesACitizen),
        ],
    )
    def test_is_refused_with_the_reason(self, office, said, refusal):
        publication = office.published()
        with pytest.raises(refusal):
            office.proposed(publication, **said)

    def test_is_of_what_is_public(self, office):
        with pytest.raises(services.TheStateForbidsIt):
            office.proposed(office.approved())

    def test_waits_for_the_one_before(self, office):
        publication = office.published()
        office.proposed(publication)
        with pytest.raises(services.ACorrectionWaits):
            office.proposed(publication, new="0")

    def test_is_the_offices(self, office):
        publication = office.published()
        office.drafter = office.desk.leader
        with pytest.raises(services.NotTheCitysOffice):
            office.proposed(publication)

    def test_takes_points_with_a_comma(self, office):
        correction = office.proposed(
            office.published(), target="I1", field="points", new="78,5", reason="Tính lại."
        )
        assert (correction.former, correction.new) == ("78.25", "78.50")


class TestApproving:
    def test_is_not_for_who_proposed_it_nor_twice_for_one(self, office):
        correction = office.proposed(office.published())

        with pytest.raises(services.NotAnother):
            office.approve_correction(correction, office.drafter)
        office.approve_correction(correction, office.head)
        with pytest.raises(services.NotAnother):
            office.approve_correction(correction, office.head)

        assert published_of(OCTOBER).corrections == ()

    def test_is_done_once(self, office):
        correction = office.issued(office.published())
        with pytest.raises(services.TheStateForbidsIt):
            office.approve_correction(correction, office.chair)

    def test_turned_down_it_changes_nothing_and_may_be_proposed_again(self, office):
        publication = office.published()
        correction = office.proposed(publication)

        with pytest.raises(services.NeedsAReason):
            services.reject_correction(
                publication_id=publication.pk,
                correction_id=correction.pk,
                mandate=office.head,
                reason="",
                at=OVER,
            )
        services.reject_correction(
            publication_id=publication.pk,
            correction_id=correction.pk,
            mandate=office.head,
            reason="Đếm đúng rồi.",
            at=OVER,
        )

        assert published_of(OCTOBER).corrections == ()
        assert office.proposed(publication).state == "proposed"
