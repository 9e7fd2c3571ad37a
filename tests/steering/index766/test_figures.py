"""The index out of what happened: whose dossiers count for whom, as known now or on a past day."""

from datetime import date, timedelta

import pytest

from motcua.dossiers import events
from motcua.dossiers.models import Dossier
from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import Level, NoProfile, Quantity, State
from motcua.steering.queries import TheFutureIsNotKnown
from motcua.steering.queries.index766 import NoSuchSubject, figures, scores_of_officers
from tests.builders import (
    INSURANCE,
    NOW,
    TODAY,
    ADesk,
    a_business_dossier,
    a_district,
    a_linked_birth,
    an_agency,
)
from tests.dossiers.acts import do
from tests.steering.test_recount import LATER, OCTOBER, follow, learned

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SYNCED = events.DossierSynchronised(national_status=2)


def index(period=OCTOBER, *, as_of=None, at=LATER):
    follow()
    return figures(period, as_of=as_of, at=at)


def subject_of(found, agency):
    return found.subjects.with_code(agency.code)


class TestSubjects:
    def test_are_the_city_its_26_agencies_and_their_communes(self):
        ADesk().accepted()
        subjects = index().subjects

        assert subjects.city.level is Level.CITY
        assert len(subjects.lines) == 26
        assert sum(len(subjects.below(line)) for line in subjects.lines) == 83
        assert len(subjects.city.agency_ids) == 26 + 83

    def test_hold_no_branch_of_the_nation(self):
        dossier = ADesk().accepted()
        found = index()

        insurance = an_agency(INSURANCE)
        assert insurance.pk not in found.subjects.city.agency_ids
        with pytest.raises(NoSuchSubject, match="khong-co"):
            found.subjects.with_code("khong-co")
        with pytest.raises(NoSuchSubject):
            subject_of(found, insurance)
        assert dossier.settling_agency_id in found.subjects.city.agency_ids


class TestFigures:
    def test_counts_a_communes_dossier_for_it_its_district_and_the_city(self):
        dossier = ADesk().decided()
        found = index()

        commune = found.subjects.with_code(dossier.settling_agency.code)
        district = subject_of(found, a_district())
        other = subject_of(found, a_district("Ủy ban nhân dân quận Cái Răng"))
        for whose, received in (
            (commune, 1), (district, 1), (found.subjects.city, 1), (other, 0),
        ):  # fmt: skip
            assert found.amounts(whose)[Quantity.RECEIVED] == received
        assert found.score(commune).of("DOSSIER_PROCESSING_ON_TIME").points == 20
        assert found.score(other).of("DOSSIER_PROCESSING_ON_TIME").state is State.EMPTY

    def test_counts_a_districts_own_dossier_for_none_of_its_communes(self):
        ADesk(a_district(), procedure="1.001612").accepted(a_business_dossier())
        found = index()

        district = subject_of(found, a_district())
        assert found.amounts(district)[Quantity.RECEIVED] == 1
        assert not any(
            found.amounts(each)[Quantity.RECEIVED] for each in found.subjects.below(district)
        )

    def test_counts_a_part_as_work_and_not_as_filed(self):
        ward = ADesk()
        whole = a_linked_birth()
        ward.accepted(whole)
        parts = Dossier.objects.filter(parent=whole)
        assert parts
        found = index()

        amounts = found.amounts(found.subjects.city)
        ours = [part for part in parts if part.settling_agency_id in found.subjects.city.agency_ids]
        received = [part for part in ours if part.accepted_at is not None]
        assert amounts[Quantity.RECEIVED] == 1
        assert amounts[Quantity.WORK_OPEN] == 1 + len(received)

    def test_counts_a_second_request_for_papers_as_late(self):
        desk = ADesk()
        dossier = desk.approved_a_further_round()
        before = index(at=NOW + timedelta(minutes=5))
        do("request_supplement", dossier, desk.processor, desk=desk, at=NOW)
        after = index(at=NOW + timedelta(minutes=5))

        assert before.amounts(before.subjects.city)[Quantity.WORK_OVERDUE] == 0
        assert after.amounts(after.subjects.city)[Quantity.WORK_OVERDUE] == 1

    def test_counts_neither_the_refused_nor_what_was_withdrawn_before_it_was_received(self):
        desk = ADesk()
        desk.refused()
        desk.withdrawn()
        desk.accepted()
        found = index()

        amounts = found.amounts(found.subjects.city)
        assert amounts[Quantity.RECEIVED] == 1
        assert amounts[Quantity.WORK_ENDED] == 0

    def test_counts_an_uncollected_result_as_done(self):
        ADesk().decided()
        found = index(at=NOW + 300 * DAY, period=Period.year(2024))

        score = found.score(found.subjects.city).of("DOSSIER_PROCESSING_ON_TIME")
        assert (score.numerator, score.denominator) == (1, 1)

    def test_says_that_there_are_no_data_until_somebody_records_some(self):
        dossier = ADesk().accepted()
        before = index()
        learned(dossier, SYNCED)
        after = index()

        def state(found, code):
            return found.score(found.subjects.city).of(code).state

        assert state(before, "DOSSIER_SYNC") is State.NO_DATA
        assert state(after, "DOSSIER_SYNC") is State.COUNTED
        assert state(after, "PETITION_PROCESSING_ON_TIME") is State.NO_DATA

    def test_gives_all_for_no_petition_once_one_was_ever_recorded(self):
        desk = ADesk()
        petition = events.PetitionReceived(number="PA-1", due_at=(NOW + DAY).isoformat())
        learned(desk.accepted(), petition)
        found = index(Period.month(2024, 11))
        october = index(OCTOBER)

        score = found.score(found.subjects.city)
        assert score.of("PETITION_PROCESSING_ON_TIME").state is State.EMPTY
        assert score.of("PETITION_PROCESSING_ON_TIME").points == 6
        late = october.score(october.subjects.city).of("PETITION_PROCESSING_ON_TIME")
        assert (late.numerator, late.denominator, late.points) == (0, 1, 0)

    def test_tells_a_past_day_as_it_was_known(self):
        desk = ADesk()
        dossier = desk.accepted()
        learned(dossier, SYNCED)
        then = index(as_of=TODAY, at=NOW + timedelta(hours=9))
        told = then.score(then.subjects.city)

        learned(desk.decided(at=NOW + 2 * DAY), SYNCED, at=NOW + 2 * DAY)
        again = index(as_of=TODAY)

        assert again.score(again.subjects.city) == told
        now = index()
        assert now.score(now.subjects.city) != told

    def test_takes_a_payment_of_the_last_year_for_evidence_that_one_can_pay(self):
        desk = ADesk()
        fee = (events.FeeFixed(amount_dong=1), events.FeePaid(amount_dong=1, online=True))
        learned(desk.accepted(), *fee)

        def payable(year, month):
            found = index(Period.month(year, month), at=NOW + 700 * DAY)
            return found.payable

        assert payable(2024, 10) == payable(2025, 9) == {"1.001193"}
        assert payable(2025, 10) == frozenset()

    def test_knows_what_each_agency_is_competent_for(self):
        commune = ADesk().accepted().settling_agency
        a_business_dossier()  # which districts settle
        found = index()

        def procedures(whose):
            return found.amounts(whose)[Quantity.PROCEDURES]

        assert procedures(subject_of(found, commune)) == 1
        assert procedures(subject_of(found, a_district())) == 2  # its communes' too
        assert procedures(found.subjects.city) == 2
        assert {procedures(line) for line in found.subjects.lines} == {0, 2}

    def test_ranks_the_best_first(self):
        ADesk().decided()
        found = index()

        totals = [score.total for _subject, score in found.ranked(found.subjects.lines)]
        assert len(totals) == 26
        assert totals == sorted(totals, reverse=True)

    def test_refuses_the_future(self):
        ADesk().accepted()
        with pytest.raises(TheFutureIsNotKnown, match="chưa bắt đầu"):
            index(Period.month(2024, 11), at=NOW)
        with pytest.raises(TheFutureIsNotKnown, match="chưa đến"):
            index(as_of=TODAY + DAY, at=NOW)

    def test_refuses_a_time_before_the_index(self):
        with pytest.raises(NoProfile):
            figures(Period(date(2022, 1, 1), date(2022, 1, 31)), at=NOW)


class TestOfficers:
    def test_are_judged_by_what_they_had_in_hand(self):
        desk = ADesk()
        desk.decided()
        follow()

        [(officer, agency, score)] = scores_of_officers(OCTOBER, at=LATER, agency_ids=[
            desk.processor.posts[0].agency_id
        ])  # fmt: skip

        assert officer == desk.processor.officer_id
        assert agency == desk.processor.posts[0].agency_id
        assert [each.criterion.code for each in score.criteria] == ["DOSSIER_PROCESSING_ON_TIME"]
        assert (score.total, score.max, score.band) == (20, 20, None)
