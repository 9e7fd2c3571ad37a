"""What the lifecycle forbids, the database forbids as well, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.dossiers.models import (
    CodeCounter,
    Dossier,
    DossierComponent,
    HandOver,
    Result,
    SupplementRequest,
)
from tests.builders import NOW, ADesk
from tests.dossiers.acts import LATER, STATES, events_of

pytestmark = pytest.mark.django_db

# The constraint that must object, the state it is tried in, and the columns that break it.
LIES = [
    (
        "dossier_state_is_known",
        "submitted",
        {"state": "lost", "step_key": None, "step_unit": None},
    ),
    ("dossier_channel_is_known", "submitted", {"channel": "pigeon"}),
    (
        "dossier_has_a_receipt_date_exactly_once_accepted",
        "submitted",
        {"accepted_at": NOW, "due_at": NOW},
    ),
    (
        "dossier_has_a_receipt_date_exactly_once_accepted",
        "accepted",
        {"accepted_at": None, "due_at": None},
    ),
    (
        "dossier_has_a_receipt_date_exactly_once_accepted",
        "not_accepted",
        {"accepted_at": NOW, "due_at": NOW},
    ),
    ("dossier_is_promised_for_a_day_exactly_once_accepted", "submitted", {"due_at": NOW}),
    ("dossier_is_promised_for_a_day_exactly_once_accepted", "stopped", {"due_at": None}),
    (
        "dossier_waits_for_another_agency_exactly_while_one_is_asked",
        "in_progress",
        {"waits_for": "Cục Thuế"},
    ),
    (
        "dossier_waits_for_another_agency_exactly_while_one_is_asked",
        "awaiting_agency",
        {"waits_for": None},
    ),
    ("dossier_answer_is_due_only_while_one_is_awaited", "in_progress", {"answer_due_at": NOW}),
    (
        "dossier_clock_is_paused_exactly_while_the_law_says_so",
        "suspended",
        {"paused_at": None},
    ),
    ("dossier_is_promised_for_a_day_exactly_once_accepted", "decided", {"due_at": None}),
    (
        "dossier_clock_is_paused_exactly_while_the_law_says_so",
        "in_progress",
        {"paused_at": NOW},
    ),
    (
        "dossier_clock_is_paused_exactly_while_the_law_says_so",
        "awaiting_supplement",
        {"paused_at": None},
    ),
    (
        "dossier_clock_is_paused_exactly_while_the_law_says_so",
        "awaiting_obligation",
        {"paused_at": None},
    ),
    (
        "dossier_is_completed_exactly_when_nothing_is_left_to_settle",
        "in_progress",
        {"completed_at": NOW},
    ),
    (
        "dossier_is_completed_exactly_when_nothing_is_left_to_settle",
        "not_accepted",
        {"completed_at": None},
    ),
    (
        "dossier_is_returned_exactly_when_the_result_was_handed_over",
        "decided",
        {"returned_at": NOW},
    ),
    (
        "dossier_is_returned_exactly_when_the_result_was_handed_over",
        "returned",
        {"returned_at": None},
    ),
    ("dossier_stands_at_a_step_exactly_while_open", "submitted", {"step_key": None}),
    ("dossier_stands_at_a_step_exactly_while_open", "accepted", {"step_unit": None}),
    ("dossier_stands_at_a_step_exactly_while_open", "withdrawn", {"step_key": "receive"}),
    ("dossier_moments_follow_one_another", "accepted", {"accepted_at": NOW - timedelta(days=1)}),
]


def refused_by(name: str):
    return pytest.raises(IntegrityError, match=f'"{name}"')


@pytest.mark.parametrize(("constraint", "state", "lie"), LIES)
def test_the_row_cannot_say_what_the_lifecycle_forbids(constraint, state, lie):
    dossier = STATES[state](ADesk())

    with refused_by(constraint), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**lie)


@pytest.mark.parametrize(
    "state", ["submitted", "intake_supplement", "not_accepted", "stopped", "decided", "returned"]
)
def test_nobody_holds_what_no_unit_may_work_on(state):
    desk = ADesk()
    dossier = STATES[state](desk)

    with (
        refused_by("dossier_is_held_only_while_a_unit_may_work_on_it"),
        transaction.atomic(),
    ):
        Dossier.objects.filter(pk=dossier.pk).update(holder_id=desk.processor.officer_id)


@pytest.mark.parametrize("before", sorted(STATES))
@pytest.mark.parametrize("after", ["submitted", "in_progress", "decided", "returned", "withdrawn"])
def test_changing_the_word_alone_is_never_enough(before, after):
    dossier = STATES[before](ADesk())
    # States that differ in nothing but the word: the act in between writes no column of its own.
    alike = {
        frozenset({"accepted", "in_progress"}),
        frozenset({"not_accepted", "withdrawn"}),
        frozenset({"stopped", "withdrawn"}),  # after acceptance
    }
    if before == after or frozenset({before, after}) in alike:
        assert Dossier.objects.filter(pk=dossier.pk).update(state=after) == 1
        return

    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(state=after)


class TestUniqueness:
    def test_of_codes(self):
        desk = ADesk()
        first, second = desk.accepted(), desk.accepted()

        with pytest.raises(IntegrityError, match="code"), transaction.atomic():
            Dossier.objects.filter(pk=second.pk).update(code=first.code)

    def test_of_counters(self):
        ADesk().accepted()
        counter = CodeCounter.objects.get()

        with (
            refused_by("dossier_codes_are_counted_once_per_agency_and_day"),
            transaction.atomic(),
        ):
            CodeCounter.objects.create(agency_code=counter.agency_code, on=counter.on, last=9)

    def test_of_a_file_under_a_paper(self):
        dossier = ADesk().accepted()
        paper = DossierComponent.objects.get(dossier=dossier)

        with refused_by("dossier_component_holds_a_file_once"), transaction.atomic():
            DossierComponent.objects.create(
                dossier=dossier, key=paper.key, file=paper.file, added_at=LATER, round=1
            )

    def test_of_the_open_request(self):
        dossier = ADesk().awaiting_supplement()
        asked = SupplementRequest.objects.get(dossier=dossier)

        with refused_by("one_supplement_request_is_open_at_a_time"), transaction.atomic():
            SupplementRequest.objects.create(
                dossier=dossier,
                phase=asked.phase,
                round=2,
                reason="x",
                items={},
                requested_by=asked.requested_by,
                requested_at=LATER,
            )

    def test_of_rounds(self):
        dossier = ADesk().awaiting_supplement()
        asked = SupplementRequest.objects.get(dossier=dossier)

        with refused_by("supplement_rounds_are_counted"), transaction.atomic():
            SupplementRequest.objects.create(
                dossier=dossier,
                phase=asked.phase,
                round=1,
                reason="x",
                items={},
                requested_by=asked.requested_by,
                requested_at=LATER,
                answered_at=LATER,
            )

    def test_of_results_and_hand_overs(self):
        dossier = ADesk().returned()
        result, handed = Result.objects.get(), HandOver.objects.get()

        for record in (result, handed):
            record.pk = None
            record.dossier = dossier
            with pytest.raises(IntegrityError), transaction.atomic():
                record.save(force_insert=True)


def test_an_outcome_is_one_of_two():
    ADesk().decided()

    with refused_by("result_outcome_is_known"), transaction.atomic():
        Result.objects.update(outcome="perhaps")


def test_the_history_cannot_be_rewritten():
    dossier = ADesk().accepted()
    [first, *_] = events_of(dossier)

    for statement in (
        "UPDATE ledger_event SET actor = 'somebody' WHERE position = %s",
        "DELETE FROM ledger_event WHERE position = %s",
    ):
        with (
            pytest.raises(Exception, match="ledger"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [first.position])
