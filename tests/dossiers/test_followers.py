"""The daily counts are nothing but the ledger, counted."""

from collections import Counter
from datetime import timedelta

import pytest

from motcua.dossiers import followers, services
from motcua.dossiers.models import DailyCount, Dossier
from motcua.kernel.clock import CITY_TIME
from motcua.kernel.ledger.followers import joined, rebuild
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW, ADesk, a_business_dossier, a_dossier
from tests.kernel.ledger.rooms import catch_up

pytestmark = pytest.mark.django_db(transaction=True)

ONE_DAY = timedelta(days=1)


def recounted() -> Counter:
    """Count the ledger in another way: one event after the other, in Python."""
    units = dict(Dossier.objects.values_list("pk", "receiving_unit_id"))
    counts = Counter()
    for event in LedgerEvent.objects.filter(kind__in=followers.count_daily.kinds):
        [unit] = [unit for pk, unit in units.items() if str(pk) == event.subject_id]
        counts[event.occurred_at.astimezone(CITY_TIME).date(), unit, event.kind] += 1
    return counts


def kept() -> Counter:
    return Counter({(row.on, row.unit_id, row.kind): row.count for row in DailyCount.objects.all()})


def test_the_daily_counts_equal_a_recount_of_the_ledger():
    desk = ADesk()
    desk.returned()
    desk.refused()
    desk.withdrawn()
    a_business_dossier()
    catch_up(followers.count_daily)
    assert kept() == recounted()

    desk.decided(at=NOW + ONE_DAY)
    a_dossier(at=NOW.replace(hour=17))  # midnight in the city: the next day's
    catch_up(followers.count_daily)

    assert kept() == recounted()
    assert sum(kept().values()) == 13
    assert len({on for on, _unit, _kind in kept()}) == 2


def test_built_anew_the_counts_are_the_same():
    desk = ADesk()
    desk.returned()
    desk.refused()
    catch_up(followers.count_daily)
    before = kept()

    rebuild(followers.count_daily)
    assert kept() == Counter()
    catch_up(followers.count_daily)

    assert kept() == before == recounted()


def test_the_worker_runs_it():
    assert followers.count_daily in joined()


def test_no_steps_are_no_counts():
    services.count_steps(steps=Counter())

    assert not DailyCount.objects.exists()
