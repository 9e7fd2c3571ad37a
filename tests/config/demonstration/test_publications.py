"""The months that the demonstration city publishes, by the acts that anybody else would do."""

from datetime import date

import pytest

from motcua.config import demonstration
from motcua.config.demonstration.publications import publish_months
from motcua.disclosure.models import Publication
from motcua.disclosure.queries import published_of
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW
from tests.worlds import standing

pytestmark = pytest.mark.django_db


class TestPublishing:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _published(cls, request):
        with standing(request):
            demonstration.load(at=NOW, progress=lambda what: None)
            publish_months(at=NOW)
            yield

    def test_shows_one_month_to_everybody_and_opens_one_to_replies(self):
        states = dict(Publication.objects.values_list("month", "state"))

        assert states == {date(2024, 8, 1): "published", date(2024, 9, 1): "replying"}
        assert published_of(date(2024, 8, 1)).view["month"] == "2024-08"

    def test_tells_nothing_that_has_not_happened_yet(self):
        told = LedgerEvent.objects.filter(kind__startswith="disclosure.")

        assert told.exists()
        assert not told.filter(occurred_at__gt=NOW).exists()
        assert chain.verify() is None

    def test_is_done_once(self):
        before = LedgerEvent.objects.count()

        publish_months(at=NOW)

        assert LedgerEvent.objects.count() == before
