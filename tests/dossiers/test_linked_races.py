"""Several agencies at work on one filing at the same moment: nobody waits for ever."""

from functools import partial

import pytest
from django.db import OperationalError

from motcua.dossiers import services
from motcua.dossiers.lifecycle import DossierState
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.services import TheStateForbidsIt
from motcua.kernel.ledger.models import LedgerEvent
from tests.builders import NOW, a_linked_birth

from .linked import Agencies, keys_of, part_of, proposed, settled
from .test_races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TIMES = 15


def signing(agencies, part):
    return partial(
        services.decide_dossier,
        dossier_id=part.pk,
        mandate=agencies.of(part.part).leader,
        outcome="granted",
        number=f"12/{part.part}",
        summary="Đã giải quyết.",
        at=NOW,
    )


def before_the_leaders(agencies):
    """Return a filing whose two last parts wait for a signature, and these."""
    whole = a_linked_birth()
    services.accept_dossier(dossier_id=whole.pk, mandate=agencies.ward.receiver, at=NOW)
    settled(agencies, whole, "birth")
    parts = [part_of(whole, key) for key in ("residence", "health_card")]
    for part in parts:
        proposed(agencies.of(part.part), part)
    return whole, parts


def test_two_parts_signed_at_once_gather_the_whole_exactly_once():
    agencies = Agencies()
    for _ in range(TIMES):
        whole, parts = before_the_leaders(agencies)

        given = at_once(*(signing(agencies, part) for part in parts))

        assert [each.state for each in given] == [DossierState.DECIDED] * 2
        whole.refresh_from_db()
        assert whole.state == DossierState.DECIDED
        assert Result.objects.filter(dossier=whole).count() == 1
        decided = LedgerEvent.objects.about(whole.subject).filter(kind="dossiers.decided")
        assert decided.count() == 1


def test_a_part_signed_while_the_whole_is_stopped_is_signed_before_or_not_at_all():
    agencies = Agencies()
    for _ in range(TIMES):
        whole, [residence, card] = before_the_leaders(agencies)
        stop = partial(
            services.stop_dossier,
            dossier_id=whole.pk,
            mandate=agencies.ward.leader,
            reason="Có tranh chấp.",
            at=NOW,
        )

        signed, stopped = at_once(signing(agencies, residence), stop)

        assert not isinstance(stopped, Exception), stopped
        assert not isinstance(signed, OperationalError), signed  # no deadlock
        residence.refresh_from_db()
        card.refresh_from_db()
        assert card.state == DossierState.STOPPED
        if isinstance(signed, Exception):
            assert isinstance(signed, TheStateForbidsIt)
            assert residence.state == DossierState.STOPPED
        else:
            assert residence.state == DossierState.DECIDED


def test_a_part_signed_twice_at_once_opens_what_waits_for_it_once():
    agencies = Agencies()
    for _ in range(TIMES):
        whole = a_linked_birth()
        services.accept_dossier(dossier_id=whole.pk, mandate=agencies.ward.receiver, at=NOW)
        birth = proposed(agencies.ward, part_of(whole, "birth"))

        given = at_once(signing(agencies, birth), signing(agencies, birth))

        assert sum(isinstance(each, Dossier) for each in given) == 1
        assert keys_of(whole) == ["birth", "health_card", "residence"]


def test_acts_on_all_parts_and_the_whole_wait_in_one_order():
    agencies = Agencies()
    for _ in range(TIMES):
        whole, parts = before_the_leaders(agencies)
        stop = partial(
            services.stop_dossier,
            dossier_id=whole.pk,
            mandate=agencies.ward.leader,
            reason="Có tranh chấp.",
            at=NOW,
        )
        stops = [
            partial(
                services.stop_dossier,
                dossier_id=part.pk,
                mandate=agencies.of(part.part).leader,
                reason="Có tranh chấp.",
                at=NOW,
            )
            for part in parts
        ]

        given = at_once(stop, *stops, *(signing(agencies, part) for part in parts))

        assert not [each for each in given if isinstance(each, OperationalError)]
        open_ones = Dossier.objects.filter(parent=whole, completed_at=None)
        assert not open_ones.exists()
