"""Indexes that are set aside while the city is filled are built again as they were."""

import pytest
from django.db import connection

from motcua.config.demonstration.growth import WRITTEN
from motcua.config.demonstration.indexes import built_together, indexes_of

pytestmark = pytest.mark.django_db(transaction=True)


def indexes() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes ORDER BY indexname")
        return cursor.fetchall()


class TestBuiltTogether:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_leaves_every_index_as_it_was(self, workers):
        before, aside = indexes(), indexes_of(WRITTEN)
        with built_together(aside, workers=workers):
            assert indexes_of(WRITTEN) == {}
            assert len(indexes()) == len(before) - len(aside)
        assert indexes() == before

    def test_sets_nothing_aside_that_keeps_a_truth(self):
        assert not [each for each in indexes_of(WRITTEN).values() if "UNIQUE" in each]

    def test_begins_with_the_longest_table(self):
        of_one_table = indexes_of(WRITTEN[:1])
        assert of_one_table
        assert list(indexes_of(WRITTEN))[: len(of_one_table)] == list(of_one_table)

    def test_goes_on_where_a_filling_was_killed(self):
        before, aside = indexes(), indexes_of(WRITTEN)
        killed = built_together(aside, workers=1)
        killed.__enter__()
        with connection.cursor() as cursor:  # some of them were built again already
            cursor.execute(aside["dossier_by_owner"])
        with built_together(aside, workers=1):
            pass
        assert indexes() == before
