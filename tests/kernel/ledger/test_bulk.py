from dataclasses import asdict

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel.ledger import chain, followers
from motcua.kernel.ledger.bulk import Chains, Fact, Words, iso
from motcua.kernel.ledger.models import LedgerEvent, Subject
from tests.kernel.ledger.rooms import MONDAY, LampLit, light

AT = int(MONDAY.timestamp())


def lit(**details) -> Fact:
    return fact(asdict(LampLit(**details)))


def fact(data) -> Fact:
    return AT, Words(LampLit.kind, "user:1", chain.canonical(data))


@pytest.mark.django_db
class TestNewChains:
    def test_are_what_the_ledger_would_have_appended(self):
        light("hall")
        chains = Chains()
        chains.begin("room", "attic", [lit(), lit(watts=60)])
        assert chains.copy() == 2

        appended = LedgerEvent.objects.get(subject_id="hall")
        first, second = LedgerEvent.objects.about(Subject("room", "attic"))
        for name in ("kind", "occurred_at", "actor", "data", "subject_seq", "prev_hash", "xid"):
            assert getattr(first, name) == getattr(appended, name)
        assert (second.subject_seq, second.prev_hash) == (2, first.hash)
        assert first.position < second.position
        assert chain.verify() is None

    def test_go_on_by_the_services_own_door(self):
        chains = Chains()
        chains.begin("room", "attic", [lit()])
        chains.copy()
        light("attic", watts=75)
        assert chain.verify() is None

    def test_keep_backslashes_quotes_and_line_ends(self):
        chains = Chains()
        chains.begin("room", "attic", [fact({"said": 'a\\b "c"\nd\te'})])
        chains.copy()
        assert LedgerEvent.objects.get().data == {"said": 'a\\b "c"\nd\te'}
        assert chain.verify() is None

    def test_are_refused_where_a_chain_was_begun_already(self):
        light("hall")
        chains = Chains()
        chains.begin("room", "hall", [lit()])
        with pytest.raises(IntegrityError), transaction.atomic():
            chains.copy()

    def test_tell_moments_as_python_does(self):
        assert iso(AT) == MONDAY.isoformat()


@pytest.mark.django_db(transaction=True)
class TestOutsideATransaction:
    def test_nothing_is_begun(self):
        with pytest.raises(RuntimeError):
            Chains()

    def test_a_follower_that_cannot_fold_is_left_to_the_worker(self, watchman):
        assert not followers.catch_up(watchman)
