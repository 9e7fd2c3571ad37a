import pytest
from django.db import connection

from motcua.kernel.ledger import followers, health
from motcua.kernel.ledger.models import LedgerEvent
from tests.kernel.ledger.rooms import LampLit, catch_up, commit, light

pytestmark = pytest.mark.django_db(transaction=True)


class TestLag:
    @pytest.fixture
    def timid(self):
        def refuse_the_hall(event: LedgerEvent) -> None:
            if event.subject_id == "hall":
                raise RuntimeError("boo")

        return followers.follower("test.timid", LampLit)(refuse_the_hall)

    def test_of_one_that_never_ran_is_all_there_is(self, timid):
        first = commit(light, "attic")
        commit(light, "hall")

        [lag] = health.lag([timid.name])

        assert (lag.follower, lag.behind, lag.oldest_at) == (timid.name, 2, first.recorded_at)
        assert (lag.parked, lag.attempts, lag.last_error) == (0, 0, "")

    def test_of_one_that_is_at_the_end_is_nothing(self, timid):
        commit(light, "attic")
        catch_up(timid)

        [lag] = health.lag([timid.name])

        assert (lag.behind, lag.oldest_at) == (0, None)

    def test_tells_what_it_stumbled_on(self, timid):
        for room in ("attic", "hall", "hall"):
            commit(light, room)

        followers.run_once(timid)
        [stumbling] = health.lag([timid.name])
        for _ in range(followers.MAX_ATTEMPTS):
            catch_up(timid)
        [parked] = health.lag([timid.name])

        assert (stumbling.behind, stumbling.attempts, stumbling.parked) == (2, 1, 0)
        assert (parked.behind, parked.attempts, parked.parked) == (0, 0, 2)
        assert stumbling.last_error == parked.last_error == "RuntimeError('boo')"

    def test_is_told_for_all_who_joined(self, timid, watchman, monkeypatch):
        monkeypatch.setattr(followers.joining, "_joined", {})
        followers.join(watchman)
        followers.join(timid)

        assert [lag.follower for lag in health.lag()] == [watchman.name, timid.name]

    def test_takes_one_statement(self, timid, watchman, django_assert_num_queries):
        with django_assert_num_queries(1, connection=connection):
            health.lag([timid.name, watchman.name])
