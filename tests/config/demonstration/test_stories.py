import pytest
from django.db.models import Count

from motcua.config import demonstration
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier
from motcua.kernel.ledger import chain
from tests.builders import NOW
from tests.worlds import standing

pytestmark = pytest.mark.django_db


class TestLoad:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _loaded(cls, request):
        with standing(request):
            demonstration.load(at=NOW, progress=lambda what: None)
            yield

    def test_shows_a_dossier_in_every_state(self):
        assert set(Dossier.objects.values_list("state", flat=True)) == set(DossierState.values)

    def test_tells_nothing_that_has_not_happened_yet(self):
        assert not Dossier.objects.filter(submitted_at__gt=NOW).exists()
        assert not Dossier.objects.filter(completed_at__gt=NOW).exists()
        assert chain.verify() is None

    def test_changes_nothing_the_second_time(self):
        before = Dossier.objects.aggregate(Count("pk"))

        demonstration.load(at=NOW, progress=lambda what: None)

        assert Dossier.objects.aggregate(Count("pk")) == before

    def test_has_some_that_are_late_and_some_that_are_not(self):
        open_ones = Dossier.objects.filter(state__in=["accepted", "in_progress"])
        assert open_ones.filter(due_at__lt=NOW).exists()
        assert open_ones.filter(due_at__gte=NOW).exists()
