"""Taking in over the counter and out of the post: what is refused, and what is written down."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.dossiers.models import (
    Channel,
    CounterIntake,
    Dossier,
    FeeNoteLine,
    PresentedPaper,
)
from motcua.dossiers.queries import history_of
from motcua.dossiers.services import FeeNote, NotYourRole, Presented
from motcua.filings.models import Submission
from motcua.filings.services import (
    Counter,
    FilingHasProblems,
    KeyWasUsedOtherwise,
    OwnerSaid,
    UnitIsClosed,
    take_in,
)
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Unit
from motcua.parties.models import Person
from tests.builders import (
    BIRTH_CASE,
    NOW,
    a_citizen,
    a_leader,
    a_receiver,
    an_agency,
    said_of,
    taken_in,
    the_version,
    what_is_taken_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(db):
    the_version("2.000815")
    return a_receiver()


def problems_of(receiver, **changes) -> dict[str, str]:
    """Return what is refused, by key; and make sure that a refusal leaves nothing behind."""
    before = _rows()
    with pytest.raises(FilingHasProblems) as refused:
        taken_in(receiver, **changes)
    assert _rows() == before, "something was half taken in"
    return {problem.key: problem.message for problem in refused.value.problems}


def _rows() -> tuple[int, ...]:
    models = (Dossier, Person, CounterIntake, PresentedPaper, FeeNoteLine, Submission, LedgerEvent)
    return tuple(model.objects.count() for model in models)


class TestTakeIn:
    def test_opens_and_accepts_in_one_act(self, receiver):
        dossier = taken_in(receiver)

        assert dossier.state == "accepted"
        assert dossier.channel == Channel.DIRECT
        assert dossier.submitted_at == dossier.accepted_at == NOW
        assert dossier.intake_due_at is None
        kinds = [event.kind for event in history_of(dossier)]
        assert kinds == ["dossiers.opened", "dossiers.papers-presented", "dossiers.accepted"]
        assert {event.actor for event in history_of(dossier)} == {receiver.actor}
        assert chain.verify() is None

    def test_settles_at_home_what_the_own_agency_settles(self, receiver):
        dossier = taken_in(receiver)

        assert dossier.settling_agency_id == receiver.posts[0].agency_id
        assert dossier.receiving_unit_id == receiver.posts[0].unit_id
        assert dossier.answers["settling_commune"] == "31117"

    def test_keeps_what_lay_on_the_counter(self, receiver):
        papers = [
            Presented(key="original", originals=1, certified=2, copies=3),
            Presented(key="legalisation"),
        ]
        answers = {"issued_by": "foreign", "page_count": 2}

        dossier = taken_in(receiver, papers=papers, answers=answers)

        kept = PresentedPaper.objects.get(dossier=dossier)
        assert (kept.key, kept.originals, kept.certified, kept.copies) == ("original", 1, 2, 3)
        told = history_of(dossier).get(kind="dossiers.papers-presented").data
        assert told["papers"][0]["certified"] == 2

    def test_reckons_every_fee_that_is_due(self, receiver):
        paid = FeeNote(
            key="first_pages",
            kind="levy",  # what the caller says of the kind does not count
            quantity=6,
            amount_dong=1,  # nor does the sum
            collected_dong=12_000,
            receipt_number="0000123",
        )

        dossier = taken_in(
            receiver, fees=[paid], answers={"issued_by": "vietnamese", "page_count": 3}
        )

        lines = {line.key: line for line in FeeNoteLine.objects.filter(dossier=dossier)}
        assert lines["first_pages"].kind == "charge"
        assert lines["first_pages"].amount_dong == lines["first_pages"].collected_dong == 12_000
        assert lines["further_pages"].amount_dong == 1000
        assert lines["further_pages"].collected_dong == 0

    def test_notes_an_unknown_amount_as_unknown(self, receiver):
        version = the_version("1.001193")
        unknown = next(fee for fee in version.cases["late"].fees if fee.amount_dong is None)

        dossier = taken_in(receiver, **a_birth(version, case_key="late"))

        line = FeeNoteLine.objects.get(dossier=dossier, key=unknown.key)
        assert line.amount_dong is None
        assert line.collected_dong == 0

    def test_registers_who_came_and_finds_them_again(self, receiver):
        said = said_of("Kim Thị Sà Rươl", born_on=date(1990, 2, 8), sex="female")

        first = taken_in(receiver, submitter=said)
        second = taken_in(receiver, submitter=said)

        assert first.owner_id == second.owner_id
        assert first.owner.full_name == "Kim Thị Sà Rươl"
        assert CounterIntake.objects.get(dossier=second).submitter_said == {}

    def test_overwrites_nothing_that_was_known(self, receiver):
        known = a_citizen("Trần Hoà Bình", phone="0900000111")
        said = said_of(
            "TRẦN HÒA BÌNH",  # the same name in capitals, the tone elsewhere
            personal_id=known.personal_id,
            phone="0900 000 222",
            address="12 đường Trần Văn Khéo",
        )

        dossier = taken_in(receiver, submitter=said)

        known.refresh_from_db()
        assert (known.full_name, known.phone, known.address) == ("Trần Hoà Bình", "0900000111", "")
        assert dossier.owner_id == known.pk
        assert CounterIntake.objects.get(dossier=dossier).submitter_said == {
            "phone": "0900000222",
            "address": "12 đường Trần Văn Khéo",
        }

    def test_a_number_known_under_another_name_is_asked_about(self, receiver):
        known = a_citizen("Trần Văn Bình")
        said = said_of("Lê Thị Mai", personal_id=known.personal_id)

        assert "Trần Văn Bình" in problems_of(receiver, submitter=said)["names_confirmed"]

        counter = replace(what_is_taken_in(receiver)["counter"], names_confirmed=True)
        dossier = taken_in(receiver, submitter=said, counter=counter)
        assert dossier.owner_id == known.pk

    def test_somebody_without_a_number_is_somebody_new(self, receiver):
        foreigner = said_of("John Smith", personal_id=None)

        dossiers = [taken_in(receiver, submitter=foreigner) for _time in range(2)]

        assert dossiers[0].owner_id != dossiers[1].owner_id

    def test_owner_and_submitter_may_be_two(self, receiver):
        owner = OwnerSaid(
            relation="representative",
            authority="Giấy ủy quyền số 12, chứng thực 01/10/2024",
            owner=said_of("Phạm Văn Sáu"),
        )

        dossier = taken_in(receiver, owner=owner)

        assert dossier.owner.full_name == dossier.owner_name == "Phạm Văn Sáu"
        assert dossier.submitter.full_name == "Trần Văn Bình"
        assert CounterIntake.objects.get(dossier=dossier).relation == "representative"

    def test_names_nobody_in_the_ledger(self, receiver):
        known = a_citizen("Trần Văn Bình")
        said = said_of("Trần Văn Bình", personal_id=known.personal_id, address="12 Trần Văn Khéo")

        dossier = taken_in(receiver, submitter=said)

        for event in history_of(dossier):
            assert "Bình" not in str(event.data)
            assert "Khéo" not in str(event.data)

    def test_what_another_agency_settles_goes_there(self, receiver):
        district = an_agency("Ủy ban nhân dân quận Ninh Kiều")
        version = the_version("1.001612")
        needed = {"business_commune": "31117"}

        dossier = taken_in(receiver, **a_business(version, needed))

        assert dossier.settling_agency_id == district.pk
        assert dossier.receiving_unit_id == receiver.posts[0].unit_id


class TestPost:
    def test_notes_the_item_and_its_day_and_starts_the_clock_now(self, receiver):
        dossier = taken_in(receiver, **a_birth(), counter=by_post(receiver))

        intake = CounterIntake.objects.get(dossier=dossier)
        assert dossier.channel == Channel.POST
        assert (intake.post_item, intake.arrived_on) == ("EB123456789VN", date(2024, 10, 14))
        assert dossier.accepted_at == NOW
        told = history_of(dossier).get(kind="dossiers.papers-presented").data
        assert told["arrived_on"] == "2024-10-14"

    def test_needs_the_item_and_the_day(self, receiver):
        counter = by_post(receiver, post_item=" ", arrived_on=None)

        assert {"post_item", "arrived_on"} <= problems_of(
            receiver, **a_birth(), counter=counter
        ).keys()

    def test_nothing_arrives_tomorrow(self, receiver):
        counter = by_post(receiver, arrived_on=date(2024, 10, 16))

        assert "arrived_on" in problems_of(receiver, **a_birth(), counter=counter)

    def test_a_procedure_without_post_is_refused(self, receiver):
        assert "bưu chính" in problems_of(receiver, counter=by_post(receiver))[""]


class TestRefusals:
    def test_only_receivers_of_the_unit(self, receiver):
        leader = a_leader()
        elsewhere = a_receiver(an_agency("Ủy ban nhân dân phường An Cư"))
        sent = what_is_taken_in(receiver)

        for stranger in (leader, elsewhere):
            with pytest.raises(NotYourRole):
                take_in(**{**sent, "mandate": stranger})

    def test_a_closed_unit_takes_nothing(self, receiver):
        Unit.objects.filter(pk=receiver.posts[0].unit_id).update(
            valid_to=NOW.date() - timedelta(days=1)
        )

        with pytest.raises(UnitIsClosed):
            taken_in(receiver)

    def test_the_card_must_have_been_looked_at(self, receiver):
        counter = replace(what_is_taken_in(receiver)["counter"], identity_checked=False)

        assert "identity_checked" in problems_of(receiver, counter=counter)

    def test_a_required_paper_that_is_missing(self, receiver):
        assert "Bản chính" in problems_of(receiver, papers=[])["paper-original"]
        none = [Presented(key="original")]
        assert "paper-original" in problems_of(receiver, papers=none)

    def test_a_copy_where_the_original_is_required(self, receiver):
        copies = [Presented(key="original", certified=1, copies=2)]

        assert "Cần bản chính" in problems_of(receiver, papers=copies)["paper-original"]

    def test_a_paper_that_the_answers_do_not_call_for(self, receiver):
        papers = [Presented(key="original", originals=1), Presented(key="legalisation", copies=1)]

        assert "paper-legalisation" in problems_of(receiver, papers=papers)

    @pytest.mark.parametrize("count", [-1, 1000])
    def test_counts_that_are_slips(self, receiver, count):
        papers = [Presented(key="original", originals=1, copies=count)]

        assert "paper-original" in problems_of(receiver, papers=papers)

    def test_the_answers_that_papers_and_fees_depend_on(self, receiver):
        assert problems_of(receiver, answers={}).keys() >= {"issued_by", "page_count"}

    def test_an_answer_that_is_wrong_although_nobody_needs_it(self, receiver):
        answers = {"issued_by": "vietnamese", "page_count": 2, "copies": 0}

        assert "copies" in problems_of(receiver, answers=answers)

    def test_a_case_that_does_not_exist(self, receiver):
        assert "case" in problems_of(receiver, case_key="urgent")

    def test_collected_money_without_a_receipt(self, receiver):
        fees = [a_fee(collected_dong=2000, receipt_number="  ")]

        assert "receipt-first_pages" in problems_of(receiver, fees=fees)

    def test_another_sum_than_due_without_a_word(self, receiver):
        assert "note-first_pages" in problems_of(
            receiver, fees=[a_fee(collected_dong=1000, receipt_number="1")]
        )
        exempt = a_fee(collected_dong=1000, receipt_number="1", note="Giảm 50%, hộ nghèo")
        assert taken_in(receiver, fees=[exempt])

    @pytest.mark.parametrize(
        "wrong", [{"quantity": -1}, {"quantity": 0}, {"quantity": 10_001}, {"collected_dong": -5}]
    )
    def test_sums_and_quantities_out_of_reach(self, receiver, wrong):
        assert "fee-first_pages" in problems_of(receiver, fees=[a_fee(**wrong)])

    def test_a_fee_that_is_not_due(self, receiver):
        assert "fee-further_pages" in problems_of(receiver, fees=[a_fee(key="further_pages")])

    @pytest.mark.parametrize("number", ["09289000001", "0928900000123", "09289000000a"])
    def test_a_number_that_is_none(self, receiver, number):
        said = said_of(personal_id=number)

        assert "submitter-personal_id" in problems_of(receiver, submitter=said)

    def test_an_owner_nobody_named(self, receiver):
        owner = OwnerSaid(relation="relative")

        assert "owner-full_name" in problems_of(receiver, owner=owner)

    def test_who_is_authorised_shows_by_what(self, receiver):
        owner = OwnerSaid(relation="representative", owner=said_of("Phạm Văn Sáu"))

        assert "authority" in problems_of(receiver, owner=owner)

    def test_a_proxy_of_oneself(self, receiver):
        said = said_of()

        owner = OwnerSaid(relation="relative", owner=said)

        assert "relation" in problems_of(receiver, submitter=said, owner=owner)

    def test_a_relation_we_do_not_know(self, receiver):
        owner = OwnerSaid(relation="friend", owner=said_of("Phạm Văn Sáu"))

        assert "relation" in problems_of(receiver, owner=owner)

    def test_a_place_where_nobody_settles(self, receiver):
        version = the_version("1.001612")

        found = problems_of(receiver, **a_business(version, {"business_commune": "99999"}))

        assert "business_commune" in found


class TestTwice:
    def test_the_same_key_is_the_same_dossier(self, receiver):
        sent = what_is_taken_in(receiver)

        first = take_in(**sent)
        again = take_in(**{**sent, "at": NOW + timedelta(minutes=1)})

        assert again.pk == first.pk
        assert Dossier.objects.count() == CounterIntake.objects.count() == 1

    def test_the_same_key_for_something_else_says_what_it_stands_for(self, receiver):
        sent = what_is_taken_in(receiver)
        first = take_in(**sent)

        with pytest.raises(KeyWasUsedOtherwise) as refused:
            take_in(**{**sent, "papers": [Presented(key="original", originals=2)]})

        assert refused.value.dossier.pk == first.pk

    def test_a_refused_key_may_be_used_again(self, receiver):
        sent = what_is_taken_in(receiver)
        with pytest.raises(FilingHasProblems):
            take_in(**{**sent, "papers": []})

        assert take_in(**sent).state == "accepted"


def by_post(receiver, **changes) -> Counter:
    said = {"post_item": "EB123456789VN", "arrived_on": date(2024, 10, 14), **changes}
    return Counter(unit_id=receiver.posts[0].unit_id, channel=Channel.POST, **said)


def a_fee(**changes) -> FeeNote:
    said = {"key": "first_pages", "kind": "charge", "quantity": 1, "amount_dong": None, **changes}
    return FeeNote(**said)


def a_birth(version=None, *, case_key: str = BIRTH_CASE) -> dict[str, object]:
    answers = {
        "relationship": "parent",
        "born_at": "health_facility",
        "mother_known": True,
        "father_known": True,
        "copies": 0,
    }
    return a_whole(version or the_version("1.001193"), case_key, answers)


def a_business(version, answers) -> dict[str, object]:
    needed = {"filed_by": "owner", "founded_by": "individual", **answers}
    return a_whole(version, "standard", needed)


def a_whole(version, case_key, answers) -> dict[str, object]:
    return {
        "version": version,
        "case_key": case_key,
        "answers": answers,
        "papers": [
            Presented(key=component.key, originals=1)
            for component in version.cases[case_key].components_for(answers)
            if component.required
        ],
    }
