"""What time brings: found by the index, done once, by whoever looks first."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from motcua.dossiers import queries, services
from motcua.dossiers.models import (
    Delay,
    Dossier,
    DossierOccasion,
    Heartbeat,
    Notice,
    WakingFailure,
)
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.queries import compiled
from tests.builders import NOW, ADesk, a_dossier, a_processor
from tests.calendars.saying import MORNING, an_edition, some_hours
from tests.dossiers.test_races import at_once

# A birth registration of 09:00 is due at 17:00 and warned of when a fifth of 8 hours is left.
BEFORE_WARNING = datetime(2024, 10, 15, 3, 0, tzinfo=UTC)
WARNED = datetime(2024, 10, 15, 8, 30, tzinfo=UTC)
LATE = datetime(2024, 10, 16, 3, 0, tzinfo=UTC)
TWO_DAYS_LATE = datetime(2024, 10, 17, 10, 0, tzinfo=UTC)


def wake(at: datetime) -> int:
    """Run the waking to its end."""
    woken = 0
    while batch := services.wake_dossiers(at=at):
        woken += batch
    return woken


def met(dossier: Dossier) -> list[str]:
    """Return the kinds of occasion that were met, in order."""
    rows = DossierOccasion.objects.filter(dossier=dossier).order_by("at", "kind")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.django_db
class TestWaking:
    def test_leaves_alone_what_nothing_has_come_for(self):
        dossier = ADesk().taken_up()

        assert wake(BEFORE_WARNING) == 0
        assert met(dossier) == []

    def test_warns_the_holder_before_the_due_moment(self):
        desk = ADesk()
        dossier = desk.taken_up()

        wake(WARNED)

        assert "warning" in met(dossier)
        [notice] = Notice.objects.filter(dossier=dossier, kind="warning")
        assert (notice.officer_id, notice.escalated) == (desk.processor.officer_id, False)
        assert notice.due_at == dossier.due_at

    def test_warns_by_the_hours_of_the_settling_agency(self):
        dossier = ADesk().taken_up()
        an_edition(some_hours(NOW.date(), MORNING, agency_id=dossier.settling_agency_id))

        told = queries.occasions_in(dossier, compiled(dossier.version_id), at=NOW)

        # Due at 17:00 still, but the last fifth of its work is done before eleven.
        [warned_at] = [occasion.at for occasion in told if occasion.kind == "warning"]
        assert warned_at == datetime(2024, 10, 15, 2, 24, tzinfo=UTC)

    def test_warns_everybody_of_the_unit_while_nobody_holds_it(self):
        desk, colleague = ADesk(), a_processor()
        dossier = desk.accepted()

        wake(WARNED)

        told = Notice.objects.filter(dossier=dossier, kind="warning")
        assert {desk.processor.officer_id, colleague.officer_id} <= set(
            told.values_list("officer_id", flat=True)
        )

    def test_tells_the_head_once_it_is_late(self):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(WARNED)

        wake(LATE)

        notices = Notice.objects.filter(dossier=dossier, kind="due")
        assert dict(notices.values_list("officer_id", "escalated")) == {
            desk.processor.officer_id: False,
            desk.leader.officer_id: True,
        }
        assert not Notice.objects.filter(dossier=dossier, kind="warning", done_at=None).exists()

    def test_tells_again_after_so_many_working_hours(self):
        dossier = ADesk().taken_up()
        wake(LATE)

        wake(TWO_DAYS_LATE)
        wake(TWO_DAYS_LATE + timedelta(days=4))

        assert met(dossier).count("overdue_again") == 2
        assert Notice.objects.filter(dossier=dossier, kind="due", done_at=None).count() == 0

    def test_does_each_thing_once_however_often_it_looks(self):
        dossier = ADesk().taken_up()

        wake(LATE)
        told = LedgerEvent.objects.about(dossier.subject).count()
        Dossier.objects.filter(pk=dossier.pk).update(wakes_at=NOW)  # as if it had not been woken
        wake(LATE)

        assert LedgerEvent.objects.about(dossier.subject).count() == told
        assert sorted(met(dossier)) == sorted(set(met(dossier)))

    def test_never_warns_of_what_is_already_late(self):
        dossier = ADesk().taken_up()

        wake(LATE)

        assert "warning" not in met(dossier)

    def test_keeps_silent_while_the_applicant_must_answer(self):
        dossier = ADesk().awaiting_supplement()

        wake(TWO_DAYS_LATE)

        assert met(dossier) == []
        assert Dossier.objects.get(pk=dossier.pk).wakes_at > TWO_DAYS_LATE

    def test_asks_nothing_of_a_dossier_that_is_closed(self):
        assert Dossier.objects.get(pk=ADesk().returned().pk).wakes_at is None

    def test_presses_the_counter_that_leaves_an_online_filing_unanswered(self):
        desk = ADesk()
        dossier = a_dossier()
        assert dossier.intake_due_at is not None

        wake(dossier.intake_due_at - timedelta(minutes=30))
        wake(dossier.intake_due_at)

        assert met(dossier) == ["intake_warning", "intake_due"]
        told = Notice.objects.filter(dossier=dossier, kind="intake_due")
        assert dict(told.values_list("officer_id", "escalated")) == {
            desk.receiver.officer_id: False,
            desk.leader.officer_id: True,
        }

    def test_remembers_with_whom_it_stood_when_it_became_late(self):
        desk = ADesk()
        dossier = desk.taken_up()
        services.propose_outcome(
            dossier_id=dossier.pk,
            mandate=desk.processor,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=LATE,
        )

        wake(LATE + timedelta(hours=1))

        delay = Delay.objects.get(dossier=dossier)
        assert (delay.step_key, delay.holder_id) == (dossier.step_key, desk.processor.officer_id)

    def test_lets_a_dossier_that_fails_wait_and_goes_on_with_the_others(self):
        desk = ADesk()
        poison, sound = desk.taken_up(), desk.taken_up()
        # A step that its version does not know.
        Dossier.objects.filter(pk=poison.pk).update(step_key="không có")

        wake(LATE)

        assert "due" in met(sound)
        assert met(poison) == []
        failure = WakingFailure.objects.get(dossier=poison)
        assert (failure.attempts, "không có" in failure.error) == (1, True)
        assert Dossier.objects.get(pk=poison.pk).wakes_at > LATE
        assert queries.waking().failing == 1

    def test_forgets_the_failure_once_it_goes_through(self):
        dossier = ADesk().taken_up()
        Dossier.objects.filter(pk=dossier.pk).update(step_key="không có")
        wake(LATE)
        Dossier.objects.filter(pk=dossier.pk).update(step_key=dossier.step_key)

        wake(LATE + timedelta(hours=1))

        assert not WakingFailure.objects.exists()
        assert "due" in met(dossier)

    def test_takes_a_few_at_a_time(self):
        desk = ADesk()
        for _ in range(3):
            desk.taken_up()

        assert services.wake_dossiers(at=LATE, batch=2) == 2
        assert services.wake_dossiers(at=LATE, batch=2) == 1
        assert services.wake_dossiers(at=LATE, batch=2) == 0


@pytest.mark.django_db
class TestWhoComesSince:
    """A dossier that is near its end changes hands: who holds it now is told as well, once."""

    def told(self, dossier, mandate):
        return Notice.objects.filter(
            dossier=dossier, officer=mandate.officer_id, kind="warning"
        ).count()

    def test_a_new_holder_is_told_what_the_one_before_was(self):
        desk, other = ADesk(), a_processor()
        dossier = desk.taken_up()
        wake(WARNED)
        assert (self.told(dossier, desk.processor), self.told(dossier, other)) == (1, 0)

        services.assign_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, to_officer_id=other.officer_id, at=WARNED
        )
        wake(WARNED + timedelta(minutes=1))
        wake(WARNED + timedelta(minutes=2))

        assert (self.told(dossier, desk.processor), self.told(dossier, other)) == (1, 1)
        [standing] = Notice.objects.filter(dossier=dossier, kind="warning", done_at=None)
        assert standing.officer_id == other.officer_id
        told = LedgerEvent.objects.about(dossier.subject).filter(
            kind="dossiers.officers-reminded", data__occasion="warning"
        )
        assert [event.data["officers"] for event in told] == [
            [desk.processor.officer_id],
            [other.officer_id],
        ]

    def test_nobody_is_told_anew_while_it_stays_where_it_is(self):
        desk = ADesk()
        dossier = desk.taken_up()
        for minute in range(3):
            wake(WARNED + timedelta(minutes=minute))

        assert self.told(dossier, desk.processor) == 1


@pytest.mark.django_db
class TestNotices:
    def test_vanish_for_the_holder_when_the_dossier_moves_on(self):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)

        services.propose_outcome(
            dossier_id=dossier.pk,
            mandate=desk.processor,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=LATE,
        )

        assert queries.unread_notices(desk.processor) == 0
        assert queries.unread_notices(desk.leader) >= 1

    def test_vanish_for_all_when_the_dossier_is_done(self):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(LATE)

        services.stop_dossier(
            dossier_id=dossier.pk, mandate=desk.leader, reason="Theo bản án.", at=LATE
        )

        assert not Notice.objects.filter(done_at=None).exists()

    def test_are_read_by_their_own_officer_only(self):
        desk = ADesk()
        desk.taken_up()
        wake(LATE)
        [notice, *_] = queries.notices_of(desk.processor)

        assert services.read_notices(mandate=desk.leader, notice_ids=[notice.pk], at=LATE) == 0
        assert services.read_notices(mandate=desk.processor, notice_ids=[notice.pk], at=LATE) == 1
        assert services.read_notices(mandate=desk.processor, notice_ids=[notice.pk], at=LATE) == 0

    def test_come_anew_when_the_head_is_told_again(self):
        desk = ADesk()
        dossier = desk.taken_up()
        wake(TWO_DAYS_LATE)
        [notice] = Notice.objects.filter(
            dossier=dossier, officer_id=desk.leader.officer_id, kind="overdue_again"
        )
        services.read_notices(mandate=desk.leader, notice_ids=[notice.pk], at=TWO_DAYS_LATE)

        wake(TWO_DAYS_LATE + timedelta(days=5))

        notice.refresh_from_db()
        assert notice.read_at is None


@pytest.mark.django_db
class TestPulse:
    def test_is_silent_before_the_first_beat(self):
        assert queries.waking().is_silent

    def test_is_heard_after_a_beat(self):
        services.keep_pulse(woken=3)

        pulse = queries.waking()
        assert (pulse.is_silent, pulse.woken) == (False, 3)

    def test_is_silent_again_when_no_beat_came_for_long(self):
        services.keep_pulse(woken=0)
        Heartbeat.objects.update(beat_at=datetime(2024, 1, 1, tzinfo=UTC))

        assert queries.waking().is_silent


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestTwoWakings:
    def test_at_once_meet_every_occasion_once(self):
        desk = ADesk()
        dossiers = [desk.taken_up() for _ in range(30)]

        at_once(*[partial(services.wake_dossiers, at=LATE, batch=20)] * 4)
        wake(LATE)

        for dossier in dossiers:
            kinds = met(dossier)
            assert len(kinds) == len(set(kinds))
            reminded = LedgerEvent.objects.about(dossier.subject).filter(
                kind="dossiers.officers-reminded"
            )
            assert sorted(e.data["occasion"] for e in reminded) == sorted(kinds)

    def test_do_not_wait_for_an_act_that_holds_a_dossier(self):
        desk = ADesk()
        held, free = desk.taken_up(), desk.taken_up()

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM dossier WHERE id = %s FOR UPDATE", [held.pk])
            [woken] = at_once(partial(services.wake_dossiers, at=LATE))

        assert woken == 1
        assert "due" in met(free)
        assert met(held) == []
