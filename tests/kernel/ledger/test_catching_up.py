"""A stretch taken in by several hands is taken in whole, or begun again from nothing."""

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest
from django.db import connection, transaction

from motcua.kernel import connections
from motcua.kernel.ledger import events, followers
from motcua.kernel.ledger.models import FollowerCursor, LedgerEvent
from tests.kernel.ledger.rooms import LampLit, catch_up, commit, forget, light, lit, note_all, seen

ROOMS, TIMES = 1_000, 6  # enough for several parts


def note_stretch(stretch: followers.Stretch) -> None:
    condition, values = stretch.condition()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO seen (event, room, seq) SELECT position, subject_id, subject_seq"
            f" FROM ledger_event WHERE kind = %s AND {condition}",
            [LampLit.kind, *values],
        )


def nothing(*_told: object) -> None:
    """What is noted event by event needs no adding up."""


NOTING = followers.Gathering(of_chains=nothing, of_stretch=note_stretch, add_up=nothing)


def note_and_die_in_the_first_part(stretch: followers.Stretch) -> None:
    note_stretch(stretch)
    if LedgerEvent.objects.order_by("subject_id")[0].subject == stretch.first:
        with connections.apart() as own:  # which sees what the other hand has committed
            deadline = time.monotonic() + 20
            while own.execute("SELECT NOT EXISTS (SELECT FROM seen)").fetchone() == (True,):
                assert time.monotonic() < deadline
                time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def register(seen_table):
    return followers.projection(
        "test.register", LampLit, clear=forget, fold=note_stretch, gathering=NOTING
    )(note_all)


@pytest.fixture
def doomed(register):
    return replace(register, gathering=replace(NOTING, of_stretch=note_and_die_in_the_first_part))


@pytest.fixture
def history(seen_table):
    """Every room lit a few times, one after the other."""
    with transaction.atomic():
        for _ in range(TIMES):
            events.record_all(lit(f"room {number}") for number in range(ROOMS))
    return sorted(LedgerEvent.objects.values_list("position", flat=True))


class TestCatchUp:
    @pytest.mark.parametrize("hands", [1, 2])
    def test_takes_in_each_event_once(self, register, history, hands):
        assert followers.catch_up(register, hands=hands)
        assert sorted(seen("event")) == history
        assert followers.run_once(register) == 0

    def test_goes_on_from_where_the_worker_stands(self, register, history):
        followers.run_once(register)
        commit(light, "room 1")
        assert followers.catch_up(register, hands=2)
        assert sorted(seen("event")) == sorted(LedgerEvent.objects.values_list("pk", flat=True))

    def test_is_left_to_whoever_is_at_it(self, register, history):
        with followers.places.alone_with(register):
            assert not followers.catch_up(register)
        assert seen() == []

    def test_does_not_begin_without_an_end(self, register):
        assert followers.catch_up(register, hands=2)
        assert FollowerCursor.objects.get().is_at_the_beginning


class TestAHandThatIsKilled:
    @pytest.fixture(autouse=True)
    def _left_half_done(self, doomed, history):
        with pytest.raises(BrokenProcessPool):
            followers.catch_up(doomed, hands=2)
        assert 0 < len(seen()) < len(history)
        assert FollowerCursor.objects.get().is_at_the_beginning

    def test_leaves_nothing_for_the_next(self, register, history):
        assert followers.catch_up(register, hands=2)
        assert sorted(seen("event")) == history

    def test_leaves_nothing_for_the_worker(self, register, history):
        assert catch_up(register) == len(history)
        assert sorted(seen("event")) == history
