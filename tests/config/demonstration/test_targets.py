"""What districts of the demonstration set for their communes, and what heads explained."""

import pytest

from motcua.config import demonstration
from motcua.config.demonstration import people
from motcua.config.demonstration.plan_progress import tell_the_plan
from motcua.config.demonstration.targets import FORGETFUL, explain_targets
from motcua.kernel import memory
from motcua.kernel.ledger import chain
from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices.models import Agency, AgencyKind
from motcua.steering.followers import follow_dossiers
from motcua.steering.models import Target, TargetExplanation
from tests.builders import NOW, a_receiver, taken_in, the_catalogue
from tests.kernel.ledger.rooms import catch_up


@pytest.fixture(autouse=True)
def _the_people(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    the_catalogue()
    for each in people.SERVANTS:
        demonstration._appoint(each, NOW)


@pytest.mark.django_db
def test_every_district_but_one_set_targets_no_lower_than_the_citys():
    tell_the_plan(now=NOW)

    communes = Agency.objects.filter(kind=AgencyKind.COMMUNE)
    with_target = Target.objects.filter(agency__in=communes, replaced_at=None)
    without = communes.exclude(pk__in=with_target.values("agency"))
    assert {commune.parent.name for commune in without} == {FORGETFUL}
    assert all(target.tenths >= target.minimum_tenths >= 500 for target in with_target)
    assert with_target.filter(replaces__isnull=False).count() == 1
    assert len(set(with_target.values_list("tenths", flat=True))) > 3


@pytest.mark.django_db(transaction=True)
def test_some_who_fall_short_explained_and_one_waits_for_an_answer():
    tell_the_plan(now=NOW)
    for district in ("quận Cái Răng", "quận Bình Thủy", "quận Ô Môn"):
        wards = Agency.objects.filter(parent__name=f"Ủy ban nhân dân {district}")
        receiver = a_receiver(wards.order_by("code")[0])
        for _each in range(3):
            taken_in(receiver, at=NOW.replace(month=6, day=12))
    catch_up(follow_dossiers)
    memory.forget()

    explain_targets(at=NOW)
    explain_targets(at=NOW)

    told = TargetExplanation.objects.order_by("stated_at").values_list("accepted", flat=True)
    assert list(told) == [True, False, None]
    events = LedgerEvent.objects.filter(kind__startswith="steering.")
    assert not events.filter(occurred_at__gt=NOW).exists()
    assert chain.verify() is None
