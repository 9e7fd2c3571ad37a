"""The linked filings of the demonstration city, told and looked at with the eyes of the law."""

import pytest

from motcua.config.demonstration import verification
from motcua.config.demonstration.linked import tell_linked
from motcua.config.demonstration.stories import Desk
from motcua.dossiers.models import Dossier
from tests.builders import INSURANCE, NOW, POLICE, ADesk, a_citizen, an_agency, the_version

pytestmark = pytest.mark.django_db


def a_desk(agency=None) -> Desk:
    there = ADesk(agency)
    return Desk(receiver=there.receiver, processor=there.processor, leader=there.leader)


def test_one_is_on_its_way_and_one_at_its_end_and_both_are_what_their_ledgers_say(
    settings, tmp_path
):
    settings.FILES_DIR = tmp_path
    for code in ("1.001193", "1.004222", "1.001939", "2.000986"):
        the_version(code)
    ward = a_desk()
    desks = {
        "": ward,
        "birth": ward,
        "residence": a_desk(an_agency(POLICE)),
        "health_card": a_desk(an_agency(INSURANCE)),
    }

    wholes = tell_linked([a_citizen(), a_citizen()], desks, now=NOW, number=1)

    states = [
        dict(Dossier.objects.filter(parent=whole).values_list("part", "state")) for whole in wholes
    ]
    assert states == [
        {"birth": "decided", "residence": "in_progress", "health_card": "decided"},
        {"birth": "returned", "residence": "returned", "health_card": "returned"},
    ]
    looked_at = verification._look_at(
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
    )
    assert (looked_at[0], looked_at[2]) == (8, [])
