"""A pool gives out no connection that the database has left, and asks the database rarely."""

import pytest
from django.db import connection
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from motcua.kernel.connections import Pooled, apart

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pooled():
    with apart() as own:
        parameters = own.info.get_parameters()
    with ConnectionPool(
        kwargs={**parameters, "autocommit": True},
        connection_class=Pooled,
        check=ConnectionPool.check_connection,
        min_size=1,
        max_size=1,
    ) as pool:
        yield pool


def asked_last(pid: int):
    """Return when the database was last asked for anything by that connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pid])
        return cursor.fetchone()[0]


def left_by_the_database(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)


class TestPooled:
    def test_is_asked_once_while_it_is_taken_again_and_again(self, pooled):
        with pooled.connection() as taken:
            pid = taken.info.backend_pid
        first = asked_last(pid)

        for _ in range(3):
            with pooled.connection() as taken:
                assert taken.info.backend_pid == pid

        assert asked_last(pid) == first

    def test_is_not_given_out_once_the_database_has_left_it(self, pooled):
        with pooled.connection() as taken:
            pid = taken.info.backend_pid

        left_by_the_database(pid)

        with pooled.connection() as taken:
            assert taken.info.backend_pid != pid
            assert taken.execute("SELECT 1").fetchone() == (1,)

    def test_says_itself_that_it_was_left(self, pooled):
        with pooled.connection() as taken:
            left_by_the_database(taken.info.backend_pid)

            with pytest.raises(OperationalError):
                taken.execute("")
