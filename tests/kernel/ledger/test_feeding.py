"""Who goes along with a bulk load knows each event once, whoever recorded it and what broke off."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.kernel.hands import work_through
from motcua.kernel.ledger import chain, followers
from motcua.kernel.ledger.bulk import Chains, Words
from motcua.kernel.ledger.models import FollowerCursor, LedgerEvent
from tests.kernel.ledger.rooms import (
    MONDAY,
    LampLit,
    another_writer,
    catch_up,
    commit,
    forget,
    light,
    seen,
)

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = Words(LampLit.kind, "user:1", chain.canonical(asdict(LampLit(watts=60))))


def _keep(watts: int, *, where: str = "watts") -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO seen (event, room, seq) VALUES (%s, %s, 0)", [watts, where])


def _lay_aside(told: Mapping[str, Sequence[tuple[str, Any, Any]]]) -> None:
    _keep(sum(data["watts"] for of in told.values() for _kind, _at, data in of), where="aside")


def _add_up(hands: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE seen SET room = 'watts' WHERE room = 'aside'")


def _read(stretch: followers.Stretch) -> int:
    condition, values = stretch.condition()
    lit = LedgerEvent.objects.filter(kind=LampLit.kind).extra(where=[condition], params=values)
    return sum(event.data["watts"] for event in lit)


def _take_in(batch: Sequence[LedgerEvent]) -> None:
    _keep(sum(event.data["watts"] for event in batch))


def watts() -> int:
    """Return what all lamps need together, kept in the table as the numbers of events."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(event), 0)::int FROM seen WHERE room = 'watts'")
        [sum_of_all] = cursor.fetchone()
    return sum_of_all


@pytest.fixture
def meter(seen_table):
    return followers.projection(
        "test.meter",
        LampLit,
        clear=forget,
        fold=lambda stretch: _keep(_read(stretch)),
        gathering=followers.Gathering(
            of_chains=_lay_aside,
            of_stretch=lambda stretch: _keep(_read(stretch), where="aside"),
            add_up=_add_up,
        ),
    )(_take_in)


@transaction.atomic
def furnish(load: followers.Feeding, room: str) -> int:
    """Write a chain of two lamps in bulk. Return the transaction."""
    chains = Chains()
    chains.begin("room", room, [(int(MONDAY.timestamp()), WORDS)] * 2)
    chains.copy()
    load.take_in(chains)
    return chains.xid


def furnish_all(load: followers.Feeding, *, hands: int) -> None:
    rooms = [(f"room {number}",) for number in range(10)]
    for _task, xid in work_through(partial(furnish, load), rooms, workers=hands):
        load.add(xid)


class BrokenOff(Exception):
    """The plug was pulled."""


def furnish_and_break_off(follower: followers.Follower, hands: int) -> None:
    with followers.fed([follower], hands=hands) as load:
        furnish_all(load, hands=hands)
        raise BrokenOff


@pytest.mark.parametrize("hands", [1, 2])
class TestALoad:
    def test_is_taken_in_once(self, meter, hands):
        commit(light, "hall")
        with followers.fed([meter], hands=hands) as load:
            furnish_all(load, hands=hands)
        assert watts() == 40 + 10 * 2 * 60
        assert followers.run_once(meter) == 0

    def test_is_taken_in_beside_what_others_record(self, meter, hands):
        with followers.fed([meter], hands=hands) as load:
            commit(light, "hall")
            furnish_all(load, hands=hands)
            commit(light, "room 3")
            assert followers.run_once(meter) == 0  # kept from it
        assert watts() == 10 * 2 * 60 + 2 * 40
        commit(light, "room 4")
        assert catch_up(meter) == 1
        assert watts() == 10 * 2 * 60 + 3 * 40

    def test_leaves_nothing_behind_when_it_is_broken_off(self, meter, hands):
        commit(light, "hall")
        catch_up(meter)
        with pytest.raises(BrokenOff):
            furnish_and_break_off(meter, hands)
        assert FollowerCursor.objects.get().is_at_the_beginning
        with followers.fed([meter], hands=hands):
            pass
        assert followers.catch_up(meter, hands=hands)
        assert watts() == 40 + 10 * 2 * 60


class TestAFollower:
    def test_in_trouble_is_not_told(self, meter):
        FollowerCursor.objects.create(name=meter.name, at_risk=1)
        with followers.fed([meter], hands=1) as load:
            load.add(furnish(load, "attic"))
        assert watts() == 0

    def test_that_somebody_is_at_is_not_told(self, meter):
        with followers.places.alone_with(meter), followers.fed([meter], hands=1) as load:
            load.add(furnish(load, "attic"))
        assert watts() == 0

    def test_that_cannot_gather_is_not_told(self, watchman):
        with followers.fed([watchman], hands=1) as load:
            load.add(furnish(load, "attic"))
        assert seen() == []

    def test_is_left_to_the_worker_while_an_older_transaction_is_open(self, meter, monkeypatch):
        monkeypatch.setattr(followers.feeding, "_PATIENCE_SECONDS", 0.1)
        with another_writer() as other:
            other.begin()
            with followers.fed([meter], hands=1) as load:
                load.add(furnish(load, "attic"))
            assert FollowerCursor.objects.get().is_at_the_beginning
            other.commit()
        assert catch_up(meter) == 2
        assert watts() == 2 * 60
