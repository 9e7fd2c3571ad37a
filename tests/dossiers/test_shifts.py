"""The end of a shift: what belongs to it, money that differs, and two windows at once."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.dossiers.models import CounterIntake, FeeNoteLine, ShiftHandOver
from motcua.dossiers.queries import shift_begun_at
from motcua.dossiers.services import (
    DifferenceNeedsAReason,
    FeeNote,
    NotYourRole,
    hand_over_shift,
)
from motcua.filings.services import OwnerSaid
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.parties.models import Person
from tests.builders import NOW, a_leader, a_receiver, said_of, taken_in, the_version
from tests.dossiers.test_races import at_once

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=8)


def paid(number: str = "000123", dong: int = 2000) -> list[FeeNote]:
    return [
        FeeNote(
            key="first_pages",
            kind="charge",
            quantity=1,
            amount_dong=2000,
            collected_dong=dong,
            receipt_number=number,
            note="" if dong == 2000 else "Giảm",
        )
    ]


def handed_over(receiver, counted, **changes) -> ShiftHandOver:
    said = {
        "shift_id": uuid4(),
        "mandate": receiver,
        "unit_id": receiver.posts[0].unit_id,
        "counted_dong": counted,
        "at": LATER,
        **changes,
    }
    return hand_over_shift(**said)


class TestHandOverShift:
    def test_takes_all_that_was_taken_in_since_the_last(self):
        receiver, colleague = a_receiver(), a_receiver()
        mine = [taken_in(receiver, fees=paid("1")), taken_in(receiver, fees=paid("2"))]
        taken_in(colleague, fees=paid("3"))

        shift = handed_over(receiver, 4000)

        of_shift = CounterIntake.objects.filter(shift=shift).values_list("dossier_id", flat=True)
        assert set(of_shift) == {dossier.pk for dossier in mine}
        assert (shift.noted_dong, shift.begun_at < NOW) == (4000, True)
        told = LedgerEvent.objects.get(kind="dossiers.shift-handed-over")
        assert (told.data["dossiers"], told.data["noted_dong"]) == (2, 4000)
        assert chain.verify() is None

    def test_the_next_shift_begins_where_this_one_ended(self):
        receiver = a_receiver()
        taken_in(receiver, fees=paid())
        handed_over(receiver, 2000)

        unit = receiver.posts[0].unit_id
        assert shift_begun_at(receiver.officer_id, unit, at=LATER) == LATER
        assert handed_over(receiver, 0, at=LATER + timedelta(hours=1)).noted_dong == 0

    @pytest.mark.parametrize("counted", [0, 1999, 2001])
    def test_a_difference_needs_a_reason(self, counted):
        receiver = a_receiver()
        taken_in(receiver, fees=paid())

        with pytest.raises(DifferenceNeedsAReason, match=r"2\.000"):
            handed_over(receiver, counted, reason="  ")

        assert not ShiftHandOver.objects.exists()
        assert CounterIntake.objects.get().shift is None
        shift = handed_over(receiver, counted, reason="Thối nhầm.")
        assert (shift.counted_dong, shift.reason) == (counted, "Thối nhầm.")

    def test_the_same_key_hands_over_once(self):
        receiver = a_receiver()
        taken_in(receiver, fees=paid())
        key = uuid4()

        first = handed_over(receiver, 2000, shift_id=key)
        taken_in(receiver, fees=paid("9"), at=LATER)
        again = handed_over(receiver, 7, shift_id=key)

        assert again == first
        assert again.counted_dong == 2000
        assert CounterIntake.objects.filter(shift=None).count() == 1
        assert LedgerEvent.objects.filter(kind="dossiers.shift-handed-over").count() == 1

    def test_only_the_counters_own_officers(self):
        receiver, leader, colleague = a_receiver(), a_leader(), a_receiver()
        unit, key = receiver.posts[0].unit_id, uuid4()

        with pytest.raises(NotYourRole):
            handed_over(leader, 0, unit_id=unit)
        handed_over(receiver, 0, shift_id=key)
        with pytest.raises(NotYourRole):
            handed_over(colleague, 0, shift_id=key)


class TestTheDatabaseKeeps:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"collected_dong": 5, "receipt_number": ""},
            {"collected_dong": 5, "receipt_number": "1", "amount_dong": 2000},
            {"collected_dong": 5, "receipt_number": "1", "amount_dong": None},
            {"amount_dong": -1},
            {"collected_dong": -1},
            {"kind": "gift"},
        ],
    )
    def test_fee_notes_that_could_not_be_explained_out(self, wrong):
        dossier = taken_in(a_receiver())
        line = {"dossier": dossier, "key": "x", "kind": "charge", "quantity": 1, **wrong}

        with pytest.raises(IntegrityError), transaction.atomic():
            FeeNoteLine.objects.create(**line)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"identity_checked": False},
            {"relation": "friend"},
            {"relation": "representative"},
            {"post_item": "EB1"},
            {"arrived_on": NOW.date()},
        ],
    )
    def test_intakes_that_nobody_could_vouch_for_out(self, wrong):
        taken_in(a_receiver())

        with pytest.raises(IntegrityError), transaction.atomic():
            CounterIntake.objects.update(**wrong)

    def test_shifts_with_an_unexplained_difference_out(self):
        handed_over(a_receiver(), 0)

        with pytest.raises(IntegrityError), transaction.atomic():
            ShiftHandOver.objects.update(counted_dong=5)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_counters_write_the_same_two_people_down(self):
        the_version("2.000815")
        receivers = a_receiver(), a_receiver()

        for n in range(20):
            one = said_of("Trần Văn Bình", personal_id=f"0928900100{n:02}")
            other = said_of("Lê Thị Mai", personal_id=f"0928900200{n:02}")
            answers = at_once(
                partial(taken_in, receivers[0], submitter=one, owner=on_behalf_of(other)),
                partial(taken_in, receivers[1], submitter=other, owner=on_behalf_of(one)),
            )

            assert {type(answer).__name__ for answer in answers} == {"Dossier"}, answers
            assert answers[0].owner_id == answers[1].submitter_id
        assert Person.objects.count() == 40
        assert chain.verify() is None

    def test_an_impatient_officer_takes_in_once(self):
        the_version("2.000815")
        receiver = a_receiver()

        for n in range(20):
            said = said_of(personal_id=f"0928900300{n:02}")
            press = partial(taken_in, receiver, submitter=said, key=f"key-{n}")
            answers = at_once(press, press, press)

            assert len({answer.pk for answer in answers}) == 1, answers
        assert CounterIntake.objects.count() == 20

    def test_what_is_taken_in_during_the_hand_over_belongs_to_one_shift_or_the_next(self):
        the_version("2.000815")
        receiver = a_receiver()

        for n in range(20):
            at_once(
                partial(taken_in, receiver, fees=paid(f"{n}")),
                partial(handed_over, receiver, 0, reason="Đếm sau."),
                partial(handed_over, receiver, 0, reason="Đếm sau."),
            )
        handed_over(receiver, 0, reason="Đếm sau.")

        assert not CounterIntake.objects.filter(shift=None).exists()
        noted = sum(ShiftHandOver.objects.values_list("noted_dong", flat=True))
        assert noted == 20 * 2000


def on_behalf_of(owner):
    return OwnerSaid(relation="relative", owner=owner)
