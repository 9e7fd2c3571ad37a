"""The results beside the list: out of the figures, for the city and the lines of the annex."""

import pytest

from motcua.disclosure.queries import figures_of
from motcua.kernel import memory
from motcua.steering.followers import follow_dossiers
from motcua.steering.services import load_targets
from tests.builders import NOW, ADesk, the_city
from tests.disclosure.months import DRAFTED, OCTOBER
from tests.kernel.ledger.rooms import catch_up

# Followers read what was committed.
pytestmark = pytest.mark.django_db(transaction=True)


class TestFigures:
    def test_of_a_month_without_dossiers_are_none(self):
        the_city()

        assert figures_of(OCTOBER, at=DRAFTED).online == ()

    def test_count_a_commune_for_its_district_and_name_its_target(self):
        the_city()
        load_targets(at=NOW)
        desk = ADesk()
        desk.taken_up()
        desk.accepted()
        catch_up(follow_dossiers)
        memory.forget()

        found = figures_of(OCTOBER, at=DRAFTED)
        city, *lines = found.online

        assert (city.code, city.online, city.received) == ("", 2, 2)
        [district] = [line for line in lines if line.received]
        assert district.name == "Ủy ban nhân dân quận Ninh Kiều"
        assert district.target_percent == 50
        assert len(lines) == 26
        assert {each.code for each in found.index} == {each.code for each in found.online}
        assert found.index[0].most == 100
        assert found.profile
