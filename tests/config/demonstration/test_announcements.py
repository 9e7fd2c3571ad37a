"""The decisions of the demonstration city, recorded by the acts that anybody else would do."""

from datetime import timedelta
from itertools import pairwise

import pytest

from motcua.accounts.models import Account
from motcua.config.demonstration.announcements import announce_procedures, decisions
from motcua.kernel.clock import day_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.procedures.models import Announcement, PortalPublication
from motcua.steering.definitions import Period
from motcua.steering.definitions.index766 import Quantity, State
from motcua.steering.queries.index766 import figures, verify
from tests.builders import NOW, the_catalogue
from tests.procedures.register import a_keeper
from tests.worlds import standing

pytestmark = pytest.mark.django_db

YESTERDAY = day_of(NOW) - timedelta(days=1)


class TestAnnouncing:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _announced(cls, request):
        with standing(request):
            the_catalogue()
            Account.objects.filter(pk=a_keeper().account_id).update(username="kiemsoat")
            announce_procedures(at=NOW)
            yield

    def test_goes_back_to_january_2023_and_is_late_now_and_then(self):
        days = [each.signed_on for each in decisions(until=YESTERDAY)]
        assert days == sorted(days)
        assert {day.year for day in days} >= {2023, 2024}
        assert Announcement.objects.filter(struck_at=None).count() == len(days)

        found = figures(Period.year(2024), at=NOW)
        amounts = found.amounts(found.subjects.city)
        assert 0 < amounts[Quantity.ANNOUNCED_ON_TIME] < amounts[Quantity.ANNOUNCED]
        assert 0 < amounts[Quantity.UPDATED_ON_TIME] < amounts[Quantity.UPDATE_DUE]
        assert verify(found).differences == ()

    def test_says_something_of_every_month(self):
        for month in range(1, 11):
            found = figures(Period.month(2024, month), at=NOW)
            score = found.score(found.subjects.city)
            for code in ("PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME"):
                assert score.of(code).state is State.COUNTED, (month, code)

    def test_numbers_decisions_in_the_order_of_their_signing(self):
        numbers = [
            (each.signed_on.year, int(each.number.split("/")[0]), each.signed_on)
            for each in Announcement.objects.order_by("signed_on", "pk")
        ]
        assert all(a[:2] < b[:2] for a, b in pairwise(numbers))

    def test_corrects_a_day_that_was_recorded_wrongly(self):
        assert PortalPublication.objects.filter(struck_at__isnull=False).exists()

    def test_tells_nothing_that_has_not_happened_yet(self):
        told = LedgerEvent.objects.filter(subject_type="procedures.announcement")
        assert told.exists()
        assert not told.filter(occurred_at__gt=NOW).exists()
        assert chain.verify() is None

    def test_is_done_once_and_always_the_same(self):
        before = LedgerEvent.objects.count()

        announce_procedures(at=NOW)

        assert LedgerEvent.objects.count() == before
        assert decisions(until=YESTERDAY) == decisions(until=YESTERDAY)
