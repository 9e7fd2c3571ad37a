"""After a change of the calendar, open dossiers are counted anew: all of them, and each once."""

from datetime import date, datetime, timedelta
from itertools import count
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from motcua.calendars import queries as calendars
from motcua.calendars.seeds import DayKind
from motcua.config.demonstration.verification import verify
from motcua.dossiers import clock, followers, queries, services
from motcua.dossiers.events import DossierRecalibrated
from motcua.dossiers.models import Dossier, Recalibration
from motcua.dossiers.services.recalibrating import SETTLING
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger import chain
from motcua.kernel.ledger import events as ledger
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.queries import compiled
from tests.builders import (
    NOW,
    ADesk,
    a_business_dossier,
    a_district,
    a_dossier,
    a_linked_birth,
)
from tests.calendars.saying import MORNING, a_day, an_edition, some_hours
from tests.dossiers.acts import supplement
from tests.dossiers.linked import Agencies, answered, asked, part_of, settled
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

# Dossiers come in on this Tuesday at nine, and births are due as it closes.
TUESDAY = date(2024, 10, 15)
WEDNESDAY, THURSDAY = TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
LATER = NOW + timedelta(minutes=30)


def city(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TIME)


def a_storm(*lines, **said):
    """Declare these days off, and have open dossiers follow."""
    told = {"recalculates": True, "recalculation_reason": "Nghỉ tránh bão.", **said}
    return an_edition(*lines, **told)


def walked(*, at=LATER, most=500):
    """Let the follower ask and the job walk to the end; return how many dates moved."""
    catch_up(followers.ask_for_recalibration)
    moved = 0
    while (progress := services.recalibrate_some(at=at, most=most)) is not None:
        moved += progress.moved
        if not progress.is_more:
            break
    return moved


def told_of(dossier):
    return LedgerEvent.objects.about(dossier.subject).filter(kind="dossiers.recalibrated")


def due_of(dossier):
    return Dossier.objects.get(pk=dossier.pk).due_at


def recomputed(dossier):
    """Return the due moment from the ledger alone."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    version = compiled(dossier.version_id)
    return clock.due_at(
        queries.clock_events_of(dossier),
        limit=queries.limit_of(dossier, version),
        policy=version.pause_policy,
        calendar=calendars.editions_for(dossier.settling_agency_id),
    )


@pytest.fixture
def desk():
    return ADesk()


class TestCountingAnew:
    def test_moves_the_date_and_says_why(self, desk):
        dossier = desk.taken_up()
        assert due_of(dossier) == city("2024-10-15T17:00")
        change = a_storm(a_day(TUESDAY))

        assert walked() == 1

        assert due_of(dossier) == recomputed(dossier) == city("2024-10-16T17:00")
        [event] = told_of(dossier)
        assert event.data["change"] == change.pk
        assert event.data["edition"] == 1
        assert event.data["due_before"] == "2024-10-15T10:00:00+00:00"
        assert event.data["due_after"] == "2024-10-16T10:00:00+00:00"

    def test_is_read_in_the_applicants_history(self, desk):
        dossier = desk.accepted()
        a_storm(a_day(TUESDAY))
        walked()

        entry = queries.timeline_of(dossier, inside=False)[-1]
        assert entry.title == "Hạn trả kết quả được tính lại"
        assert entry.detail == (
            "Hạn trả cũ: 17:00, 15/10/2024. Hạn trả mới: 17:00, 16/10/2024. "
            "Vì lịch làm việc thay đổi: Nghỉ tránh bão."
        )

    def test_is_not_done_unless_it_was_asked_for(self, desk):
        dossier = desk.accepted()
        an_edition(a_day(TUESDAY))

        assert walked() == 0
        assert not Recalibration.objects.exists()
        assert due_of(dossier) == recomputed(dossier) == city("2024-10-15T17:00")

    def test_leaves_alone_what_is_decided(self, desk):
        decided = desk.decided()
        a_storm(a_day(TUESDAY))

        assert walked() == 0
        assert not told_of(decided).exists()

    def test_twice_changes_nothing(self, desk):
        dossier = desk.accepted()
        change = a_storm(a_day(TUESDAY))
        walked()
        Recalibration.objects.update(finished_at=None, passed=None)

        assert walked() == 0
        services.begin_recalibration(change_id=change.pk, edition=1, at=NOW)
        assert Recalibration.objects.count() == 1
        assert told_of(dossier).count() == 1

    def test_brings_the_step_along(self, desk):
        dossier = ADesk(a_district()).accepted(a_business_dossier())
        assert dossier.step_due_at == city("2024-10-16T15:00")
        a_storm(a_day(TUESDAY), a_day(WEDNESDAY))

        walked()

        # Twelve hours of work, from when the office opens on Thursday.
        assert Dossier.objects.get(pk=dossier.pk).step_due_at == city("2024-10-18T11:00")

    def test_asks_time_again_when_the_date_comes(self, desk):
        dossier = desk.accepted()
        a_storm(a_day(TUESDAY))
        walked()

        after = Dossier.objects.get(pk=dossier.pk)
        version = compiled(after.version_id)
        assert after.wakes_at != dossier.wakes_at
        assert after.wakes_at == queries.wakes_at(after, version, at=LATER)

    def test_holds_for_what_is_counted_later(self, desk):
        """The clock stands still as the calendar changes: the answer is counted by the new one."""
        asked = desk.awaiting_supplement()
        a_storm(a_day(WEDNESDAY))

        assert walked() == 0
        assert told_of(asked).count() == 1
        assert "dossiers.recalibrated" not in {
            entry.kind for entry in queries.timeline_of(asked, inside=True)
        }
        supplement(asked, at=city("2024-10-15T16:00"))
        assert due_of(asked) == recomputed(asked)
        assert due_of(asked) >= city("2024-10-17T07:00")

    def test_follows_the_hours_of_the_settling_agency(self, desk):
        dossier = desk.accepted()
        a_storm(some_hours(TUESDAY, MORNING, agency_id=dossier.settling_agency_id))

        walked()
        assert due_of(dossier) == recomputed(dossier) == city("2024-10-15T11:00")

        other = ADesk(a_district()).accepted(a_business_dossier())
        assert other.due_at.astimezone(CITY_TIME).hour >= 7
        assert recomputed(other) == other.due_at

    def test_of_a_second_change_wins(self, desk):
        dossier = desk.accepted()
        a_storm(a_day(TUESDAY))
        a_storm(a_day(WEDNESDAY))

        walked()
        walked()

        assert due_of(dossier) == recomputed(dossier) == city("2024-10-17T17:00")
        assert [event.data["edition"] for event in told_of(dossier)] == [1, 2]


class TestTheAnswerAtTheCounter:
    """An online filing is answered within eight working hours, whatever becomes of the days."""

    def told(self, dossier):
        events = LedgerEvent.objects.about(dossier.subject)
        return events.filter(kind="dossiers.intake-recalibrated")

    def test_falls_due_later_and_says_why(self):
        dossier = a_dossier()
        assert dossier.intake_due_at == city("2024-10-16T09:00")
        a_storm(a_day(TUESDAY))

        assert walked() == 1

        after = Dossier.objects.get(pk=dossier.pk)
        assert after.intake_due_at == city("2024-10-16T17:00")
        [event] = self.told(dossier)
        assert event.data["due_before"] == "2024-10-16T02:00:00+00:00"
        assert event.data["due_after"] == "2024-10-16T10:00:00+00:00"
        assert after.wakes_at == queries.wakes_at(after, compiled(after.version_id), at=LATER)
        entry = queries.timeline_of(dossier, inside=False)[-1]
        assert entry.title == "Hạn trả lời hồ sơ trực tuyến được tính lại"
        assert "Hạn trả lời mới: 17:00, 16/10/2024" in entry.detail

    def test_is_counted_anew_once_by_each_edition(self):
        dossier = a_dossier()
        a_storm(a_day(TUESDAY))
        walked()
        Recalibration.objects.update(finished_at=None, passed=None)
        assert walked() == 0
        assert self.told(dossier).count() == 1

        a_storm(a_day(WEDNESDAY))
        assert walked() == 1
        assert Dossier.objects.get(pk=dossier.pk).intake_due_at == city("2024-10-17T17:00")

    def test_stands_where_no_day_of_it_changed(self):
        dossier = a_dossier()
        a_storm(a_day(THURSDAY))

        assert walked() == 0
        assert not self.told(dossier).exists()

    def test_goes_by_the_hours_of_the_counters_own_agency(self):
        dossier = a_dossier()
        agency_id = dossier.receiving_unit.agency_id
        a_storm(some_hours(TUESDAY, MORNING, agency_id=agency_id))

        assert walked() == 1
        assert Dossier.objects.get(pk=dossier.pk).intake_due_at == city("2024-10-17T09:00")

    def test_is_seen_before_the_change_is_approved(self):
        a_dossier()
        preview = queries.preview_of([a_day(TUESDAY)], (), at=LATER)
        assert (preview.moved, preview.intake_moved) == (0, 1)

    def test_leaves_every_table_as_the_ledger_tells_it(self, desk):
        a_dossier()
        desk.accepted()
        a_storm(a_day(TUESDAY))
        walked()

        assert verify(workers=1).faults == ()


@pytest.fixture
def agencies():
    return Agencies()


def a_whole(agencies):
    """File a birth, residence and health card in one, and take it in."""
    return services.accept_dossier(
        dossier_id=a_linked_birth().pk, mandate=agencies.ward.receiver, at=NOW
    )


def due_by_its_parts(whole):
    whole = Dossier.objects.get(pk=whole.pk)
    return queries.due_of_whole(whole, compiled(whole.version_id))


def said_to_follow(whole):
    return LedgerEvent.objects.about(whole.subject).filter(kind="dossiers.whole-due-moved")


def held_elsewhere(dossier, meanwhile):
    """Do something while somebody else holds the dossier."""
    is_held, may_go = Event(), Event()

    def hold():
        with transaction.atomic():
            Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
            is_held.set()
            may_go.wait(20)
        connection.close()

    somebody = Thread(target=hold)
    somebody.start()
    assert is_held.wait(10)
    try:
        meanwhile()
    finally:
        may_go.set()
        somebody.join()


class TestALinkedDossier:
    def test_is_due_when_its_parts_are_that_the_day_moved(self, agencies):
        whole = a_whole(agencies)
        birth = part_of(whole, "birth")
        assert due_of(birth) == city("2024-10-15T17:00")
        assert due_of(whole) == city("2024-10-25T07:00")
        change = a_storm(a_day(TUESDAY))

        assert walked() == 2

        # A working day later, each: from Friday the 25th to Monday.
        assert due_of(birth) == recomputed(birth) == city("2024-10-16T17:00")
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-28T07:00")
        [event] = told_of(whole)
        assert event.data["change"] == change.pk
        assert event.data["due_before"] == "2024-10-25T00:00:00+00:00"
        assert event.data["due_after"] == "2024-10-28T00:00:00+00:00"
        assert not said_to_follow(whole).exists()  # told once, with the reason
        assert queries.timeline_of(whole, inside=False)[-1].detail == (
            "Hạn trả cũ: 07:00, 25/10/2024. Hạn trả mới: 07:00, 28/10/2024. "
            "Vì lịch làm việc thay đổi: Nghỉ tránh bão."
        )
        done = Recalibration.objects.get()
        assert (done.to_look_at, done.looked_at) == (2, 2)

    def test_walked_twice_changes_nothing(self, agencies):
        whole = a_whole(agencies)
        a_storm(a_day(TUESDAY))
        walked()
        due = due_of(whole)
        Recalibration.objects.update(finished_at=None, passed=None)

        assert walked() == 0

        assert due_of(whole) == due
        assert told_of(whole).count() == told_of(part_of(whole, "birth")).count() == 1
        assert not said_to_follow(whole).exists()

    def test_keeps_what_the_clock_of_a_part_was_given_back(self, agencies):
        whole = a_whole(agencies)
        birth = answered(asked(agencies, whole, at=NOW), at=NOW + timedelta(days=1))
        assert due_of(birth) == city("2024-10-16T17:00")
        assert due_of(whole) == city("2024-10-28T07:00")
        a_storm(a_day(THURSDAY))

        # The birth is due before that day; residence and card have it in their time.
        assert walked() == 1
        assert due_of(birth) == recomputed(birth) == city("2024-10-16T17:00")
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-29T07:00")

    def test_counts_the_time_of_a_part_that_is_settled_already(self, agencies):
        whole = a_whole(agencies)
        answered(asked(agencies, whole, at=NOW), at=NOW + timedelta(days=1))
        settle_the_rest_of(agencies, part_of(whole, "birth"))
        a_storm(a_day(THURSDAY))

        # The whole, and when residence and card answer whether they take their parts in.
        assert walked() == 3
        assert not told_of(part_of(whole, "birth")).exists()
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-29T07:00")

    def test_is_left_alone_by_an_edition_that_nobody_is_to_follow(self, agencies):
        whole = a_whole(agencies)
        an_edition(a_day(WEDNESDAY))

        settled(agencies, whole, "birth")

        assert walked() == 0
        assert not said_to_follow(whole).exists()
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-25T07:00")

    def test_stands_though_a_part_is_taken_in_by_a_newer_edition(self, agencies):
        whole = a_whole(agencies)
        settled(agencies, whole, "birth")
        an_edition(a_day(WEDNESDAY))

        residence = services.accept_dossier(
            dossier_id=part_of(whole, "residence").pk, mandate=agencies.police.receiver, at=LATER
        )

        # Its own clock counts by the calendar of now; a day off is no time given back.
        assert due_of(residence) == recomputed(residence)
        assert not said_to_follow(whole).exists()
        assert due_of(whole) == city("2024-10-25T07:00")

    def test_follows_a_part_that_was_taken_in_a_moment_before_it(self, agencies):
        """The whole counts by the new edition already, its part by the one before."""
        whole = a_whole(agencies)
        birth = answered(asked(agencies, whole, at=NOW), at=NOW + timedelta(days=1))
        change = a_storm(a_day(TUESDAY))
        with transaction.atomic():
            ledger.record(
                DossierRecalibrated(
                    change=change.pk,
                    edition=1,
                    reason="Nghỉ tránh bão.",
                    due_before=due_of(whole).isoformat(),
                    due_after=city("2024-10-29T07:00").isoformat(),
                    step_due_after=None,
                ),
                subject=whole.subject,
                actor="system",
                at=NOW + timedelta(days=1),
            )
            Dossier.objects.filter(pk=whole.pk).update(due_at=due_by_its_parts(whole))
        assert due_of(whole) == city("2024-10-29T07:00")

        walked(at=NOW + timedelta(days=1, hours=1))

        # While it waited nobody worked: not a day was given back to the birth, but two hours.
        assert due_of(birth) == recomputed(birth) == city("2024-10-17T09:00")
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-28T09:00")
        _by_the_answer, by_the_walk = said_to_follow(whole)
        assert by_the_walk.data["due_at"] == "2024-10-28T02:00:00+00:00"
        assert told_of(whole).count() == 1

    def test_is_passed_by_with_its_parts_while_somebody_holds_it(self, agencies):
        whole = a_whole(agencies)
        birth = part_of(whole, "birth")
        a_storm(a_day(TUESDAY))

        def walk_past():
            assert walked() == 0
            assert Recalibration.objects.get().left_over == [str(whole.pk)]
            assert not told_of(birth).exists()

        held_elsewhere(whole, walk_past)

        assert walked() == 2
        assert due_of(whole) == due_by_its_parts(whole) == city("2024-10-28T07:00")

    def test_is_foreseen_as_it_will_come(self, agencies):
        whole = a_whole(agencies)
        lines = [a_day(TUESDAY)]

        seen = queries.preview_of(lines, [], at=LATER)

        assert seen.moved == 2
        [of_whole] = [move for move in seen.moves if move.code == whole.code]
        assert of_whole.before == city("2024-10-25T07:00")
        a_storm(*lines)
        assert walked() == seen.moved
        assert due_of(whole) == of_whole.after == city("2024-10-28T07:00")

    def test_is_foreseen_in_a_few_statements(self, agencies, django_assert_max_num_queries):
        for _ in range(4):
            a_whole(agencies)
        queries.preview_of([a_day(TUESDAY)], [], at=LATER)

        with django_assert_max_num_queries(10):
            assert queries.preview_of([a_day(TUESDAY)], [], at=LATER).moved == 8

    def test_stays_verified(self, agencies):
        whole = a_whole(agencies)
        birth = answered(asked(agencies, whole, at=NOW), at=NOW + timedelta(days=1))
        a_storm(a_day(THURSDAY))
        walked(at=NOW + timedelta(days=1, hours=1))
        an_edition(a_day(TUESDAY + timedelta(days=3)))
        settle_the_rest_of(agencies, birth)

        faults = verify(workers=1).faults

        assert [fault for fault in faults if "hạn trả" in fault or "tính lại" in fault] == []


def settle_the_rest_of(agencies, birth):
    """Carry a birth that has all its papers to its result."""
    at = NOW + timedelta(days=1, hours=2)
    services.propose_outcome(
        dossier_id=birth.pk,
        mandate=agencies.ward.processor,
        outcome="granted",
        opinion="Đã thẩm tra.",
        at=at,
    )
    services.decide_dossier(
        dossier_id=birth.pk,
        mandate=agencies.ward.leader,
        outcome="granted",
        number="12/birth",
        summary="Đã giải quyết.",
        at=at,
    )


class TestAccepting:
    def test_records_by_which_edition_was_counted(self, desk):
        an_edition(a_day(TUESDAY))

        dossier = desk.accepted()

        told = LedgerEvent.objects.about(dossier.subject).get(kind="dossiers.accepted")
        assert told.data["edition"] == 1
        an_edition(a_day(TUESDAY, DayKind.ORDINARY))
        assert recomputed(dossier) == due_of(dossier) == city("2024-10-16T17:00")


def _killed_before_the_commit():
    with transaction.atomic():
        services.recalibrate_some(at=LATER, most=2)
        raise KeyboardInterrupt


class TestTheWalk:
    def test_waits_until_every_process_knows_the_edition(self, desk):
        desk.accepted()
        a_storm(a_day(TUESDAY))
        catch_up(followers.ask_for_recalibration)

        assert services.recalibrate_some(at=NOW + SETTLING - timedelta(seconds=1)) is None
        assert services.recalibrate_some(at=NOW + SETTLING) is not None

    def test_that_is_killed_half_way_goes_on_where_it_was(self, desk):
        dossiers = [desk.accepted() for _ in range(5)]
        a_storm(a_day(TUESDAY))
        catch_up(followers.ask_for_recalibration)
        services.recalibrate_some(at=LATER, most=2)
        with pytest.raises(KeyboardInterrupt):
            _killed_before_the_commit()

        half = Recalibration.objects.get()
        assert (half.looked_at, half.moved, half.percent) == (2, 2, 40)
        assert walked(most=2) == 3

        done = Recalibration.objects.get()
        assert (done.looked_at, done.moved, done.percent) == (5, 5, 100)
        assert {told_of(dossier).count() for dossier in dossiers} == {1}
        assert chain.verify() is None

    def test_passes_by_who_is_held_and_comes_back(self, desk):
        free, held = desk.accepted(), desk.accepted()
        a_storm(a_day(TUESDAY))
        catch_up(followers.ask_for_recalibration)

        def walk_past():
            assert walked() == 1
            assert Recalibration.objects.get().left_over == [str(held.pk)]
            assert told_of(free).exists()

        held_elsewhere(held, walk_past)

        assert walked() == 1
        assert Recalibration.objects.get().finished_at == LATER
        assert due_of(held) == recomputed(held) == city("2024-10-16T17:00")

    def test_of_two_workers_counts_each_once(self, desk):
        dossiers = [desk.accepted() for _ in range(12)]
        a_storm(a_day(TUESDAY))
        catch_up(followers.ask_for_recalibration)
        turns = count()

        def work():
            while Recalibration.objects.filter(finished_at=None).exists() and next(turns) < 200:
                services.recalibrate_some(at=LATER, most=2)
            connection.close()

        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert Recalibration.objects.get().moved == 12
        assert {told_of(dossier).count() for dossier in dossiers} == {1}


class TestThePreview:
    def test_says_what_will_come(self, desk):
        dossiers = [desk.accepted() for _ in range(3)]
        desk.decided()
        lines = [a_day(TUESDAY)]

        seen = queries.preview_of(lines, [], at=LATER)

        assert (seen.looked_at, seen.moved, seen.later) == (3, 3, 3)
        assert {move.code for move in seen.moves} == {each.code for each in dossiers}
        assert seen.moves[0].before == city("2024-10-15T17:00")
        assert seen.moves[0].after == city("2024-10-16T17:00")
        assert seen.by_agency == (("Ủy ban nhân dân phường Cái Khế", 3),)
        a_storm(*lines)
        assert walked() == seen.moved
        assert {due_of(each) for each in dossiers} == {seen.moves[0].after}

    def test_says_who_becomes_late_and_who_no_longer_is(self, desk):
        desk.accepted()
        late = city("2024-10-16T09:00")

        assert queries.preview_of([a_day(TUESDAY)], [], at=late).no_longer_late == 1
        a_storm(a_day(TUESDAY))
        walked()
        back = queries.preview_of([a_day(TUESDAY, DayKind.ORDINARY)], [], at=late)
        assert (back.become_late, back.moved, back.later) == (1, 1, 0)

    def test_says_how_many_are_due_this_week(self, desk):
        desk.accepted()
        lines = [a_day(TUESDAY + timedelta(days=ahead)) for ahead in range(4)]

        seen = queries.preview_of(lines, [], at=LATER)

        assert (seen.due_this_week_before, seen.due_this_week_after) == (1, 0)

    def test_looks_only_at_whom_the_days_concern(self, desk):
        desk.accepted()

        assert queries.preview_of([a_day(date(2024, 11, 20))], [], at=LATER).looked_at == 0
        assert queries.preview_of([], [some_hours(TUESDAY, agency_id=0)], at=LATER).looked_at == 0

    def test_is_made_in_a_few_statements(self, desk, django_assert_max_num_queries):
        for _ in range(8):  # more than there are statements: none of them is one of a dossier
            desk.accepted()
        queries.preview_of([a_day(TUESDAY)], [], at=LATER)

        with django_assert_max_num_queries(7):
            queries.preview_of([a_day(TUESDAY)], [], at=LATER)


def test_the_city_stays_verified(desk):
    desk.returned()
    desk.accepted()
    desk.awaiting_supplement()
    a_storm(a_day(TUESDAY))
    walked()
    an_edition(a_day(WEDNESDAY))
    desk.taken_up(at=LATER)

    faults = verify(workers=1).faults

    assert [fault for fault in faults if "hạn trả" in fault or "tính lại" in fault] == []
