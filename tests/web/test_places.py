from datetime import date

import pytest

from motcua.web.places import commune_groups
from tests.builders import an_agency

TODAY = date(2024, 10, 15)

pytestmark = pytest.mark.django_db


class TestCommuneGroups:
    def test_name_communes_as_people_type_them(self):
        an_agency()

        names = [name for _code, name in dict(commune_groups(TODAY))["Ninh Kiều"]]

        assert names[:3] == ["An Bình", "An Cư", "An Hòa"]

    def test_tell_namesakes_of_one_district_apart(self):
        an_agency()

        names = [name for _code, name in dict(commune_groups(TODAY))["Vĩnh Thạnh"]]

        assert [name for name in names if name.startswith("Thạnh An")] == [
            "Thạnh An (thị trấn)",
            "Thạnh An (xã)",
        ]
        assert len(set(names)) == len(names)
