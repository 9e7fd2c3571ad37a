"""Filling for real: two processes, committed, broken off and gone on with."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.config.demonstration import growth, verification
from motcua.dossiers.models import Dossier
from motcua.kernel.ledger import followers, health
from motcua.offices.services import load_city
from motcua.procedures.services import import_catalogue
from tests.builders import NOW
from tests.config.demonstration.test_city import a_catalogue_for_all
from tests.steering.test_counting import kept

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIZE = 11_000  # three transactions


class BrokenOff(Exception):
    """The plug was pulled."""


def break_off(done: int, of: int) -> None:
    if done:
        raise BrokenOff


class TestFilling:
    @pytest.fixture(autouse=True)
    def _ground(self, tmp_path, lock_patience):
        load_city(at=NOW)
        import_catalogue(folder=a_catalogue_for_all(tmp_path), at=NOW)

    @pytest.fixture
    def lock_patience(self):
        # Two processes lock the same few rows for their foreign keys; on a busy machine they wait.
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout TO '60s'")

    def test_goes_on_where_it_was_broken_off(self):
        with pytest.raises(BrokenOff):
            growth.grow(total=SIZE, seed=67, at=NOW, workers=1, progress=break_off)
        assert 0 < Dossier.objects.count() < SIZE
        assert growth.is_unfinished()

        grown = growth.grow(total=SIZE, seed=67, at=NOW + timedelta(days=1), workers=2)

        assert grown.added < SIZE
        assert Dossier.objects.count() == growth.total_of() == SIZE
        assert not growth.is_unfinished()
        seen = verification.verify(workers=2)
        assert seen.faults == ()
        assert seen.holds

    def test_leaves_no_follower_behind(self):
        growth.grow(total=2_000, seed=67, at=NOW, workers=2)
        assert [lag.behind for lag in health.lag(["steering.figures"])] == [0]
        counted = kept()

        [counts] = [f for f in followers.joined() if f.name == "steering.figures"]
        followers.rebuild(counts)
        while followers.run_once(counts):
            pass

        assert kept() == counted

    def test_is_done_by_one_at_a_time(self):
        with growth._alone(), pytest.raises(growth.SomebodyFills):
            growth.grow(total=2_000, seed=67, at=NOW, workers=1)
