import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from motcua.kernel.ledger import chain, followers, restore, worker
from motcua.kernel.ledger.models import LedgerEvent
from tests.kernel.ledger.rooms import DoorOpened, LampLit, catch_up, commit, light, note, seen

pytestmark = pytest.mark.django_db(transaction=True)

ELSEWHERE = 10**15


@pytest.fixture
def restored(watchman):
    """The ledger of a cluster that has run for longer, with two followers at different places."""
    late = followers.follower("test.late", LampLit, DoorOpened)(note)
    commit(light, "attic")
    commit(light, "hall")
    catch_up(watchman, batch=1)
    commit(light, "attic")
    followers.run_once(late, batch=1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM seen")
        cursor.execute("SET session_replication_role = replica")
        for table in ("ledger_event", "ledger_cursor"):
            cursor.execute(
                f"UPDATE {table} SET xid = (xid::text::bigint + {ELSEWHERE})::text::xid8"
            )
        cursor.execute("RESET session_replication_role")
    return watchman, late


class TestRealign:
    def test_lets_every_follower_go_on_where_it_was(self, restored):
        watchman, late = restored
        assert followers.run_once(watchman) == 0  # it would have to wait for years

        assert restore.realign() == 3

        catch_up(watchman)
        assert seen() == [("attic", 2)]
        catch_up(late)
        assert seen() == [("attic", 2), ("hall", 1), ("attic", 2)]
        commit(light, "porch")
        catch_up(watchman)
        assert seen()[3:] == [("porch", 1)]

    def test_leaves_the_proof_whole_and_the_ledger_closed(self, restored):
        call_command("realign")

        assert chain.verify() is None
        with pytest.raises(IntegrityError, match="append-only"):
            LedgerEvent.objects.update(actor="somebody else")

    def test_does_no_harm_when_repeated(self, restored):
        restore.realign()
        restore.realign()

        catch_up(restored[0])
        assert seen() == [("attic", 2)]


class TestCheckRealigned:
    def test_keeps_a_worker_from_waiting_for_years(self, restored):
        with pytest.raises(restore.NotRealigned):
            worker.work(stop=threading.Event())

    def test_is_content_with_a_ledger_of_this_cluster(self, watchman):
        restore.check_realigned()
        commit(light, "attic")
        catch_up(watchman)
        restore.check_realigned()

    def test_is_content_once_realigned(self, restored):
        restore.realign()

        restore.check_realigned()
