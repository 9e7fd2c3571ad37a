"""The city of March 2024, as loaded."""

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from motcua.kernel.ledger.models import LedgerEvent
from motcua.offices import queries, services
from motcua.offices.definitions import CITY_OF_2024, InvalidCityFile, read_city
from motcua.offices.models import (
    Agency,
    AgencyKind,
    Place,
    PlaceLevel,
    PlaceSuccession,
    Post,
    PostRole,
    Unit,
    UnitRole,
)
from tests.builders import NOW, TODAY

pytestmark = pytest.mark.django_db

PLAN_DAY = date(2024, 3, 28)


class TestLoadCity:
    def test_knows_nine_districts_and_83_communes_on_the_plans_day(self):
        services.load_city(at=NOW)

        assert queries.districts(PLAN_DAY).count() == 9
        assert queries.communes(PLAN_DAY).count() == 83
        per_district = Counter(place.parent.code for place in queries.communes(PLAN_DAY))
        assert per_district == {
            "916": 11, "917": 7, "918": 8, "919": 7, "923": 9, "924": 11,
            "925": 10, "926": 7, "927": 13,
        }  # fmt: skip
        kinds = Counter(place.kind for place in queries.communes(PLAN_DAY))
        assert kinds == {"phường": 42, "xã": 36, "thị trấn": 5}

    def test_knows_the_26_agencies_of_the_annex_by_its_numbers(self):
        services.load_city(at=NOW)

        not_of_the_annex = [AgencyKind.CITY, AgencyKind.COMMUNE, AgencyKind.VERTICAL]
        annex = Agency.objects.exclude(kind__in=not_of_the_annex).order_by("code")
        assert [agency.code for agency in annex] == [f"000.00.{n:02}.H13" for n in range(1, 27)]
        kinds = Counter(agency.kind for agency in annex)
        assert kinds == {
            "department": 16,
            "board": 1,
            "district": 9,
        }
        assert annex[9].name == "Sở Kế hoạch và Đầu tư"
        assert annex[18].name == "Ủy ban nhân dân quận Cái Răng"
        assert annex[18].aliases == ["UBND quận Răng"]
        assert "rang" in annex[18].folded_name

    def test_gives_every_commune_a_committee_with_a_code_of_its_own(self):
        services.load_city(at=NOW)

        committees = Agency.objects.filter(kind=AgencyKind.COMMUNE).select_related(
            "place", "parent"
        )
        assert len(committees) == 83
        for committee in committees:
            assert re.fullmatch(r"000\.\d\d\.\d\d\.H13", committee.code)
            assert committee.code[8:] == committee.parent.code[8:]
            assert committee.place.parent_id == committee.parent.place_id
        assert committees.get(place__code="31117").name == "Ủy ban nhân dân phường Cái Khế"

    def test_takes_the_provinces_code_from_the_settings(self, settings):
        settings.PROVINCE_AGENCY_CODE = "H99"

        services.load_city(at=NOW)

        assert Agency.objects.filter(code="000.00.19.H99").exists()

    def test_gives_every_agency_a_unit_and_a_post_of_every_role(self):
        services.load_city(at=NOW)

        for agency in Agency.objects.all():
            units = set(Unit.objects.filter(agency=agency).values_list("role", flat=True))
            posts = set(Post.objects.filter(unit__agency=agency).values_list("role", flat=True))
            assert units == set(UnitRole), agency
            assert posts == set(PostRole), agency

    def test_changes_nothing_the_second_time(self):
        services.load_city(at=NOW)
        before = [list(m.objects.order_by("pk").values()) for m in (Place, Agency, Unit, Post)]

        second = services.load_city(at=NOW)

        assert second == services.CityLoad(created=0, changed=0)
        after = [list(m.objects.order_by("pk").values()) for m in (Place, Agency, Unit, Post)]
        assert after == before
        assert LedgerEvent.objects.filter(kind="offices.city-loaded").count() == 1

    def test_follows_the_file_in_words(self, tmp_path):
        services.load_city(at=NOW)
        changed = tmp_path / "city.yaml"
        changed.write_text(CITY_OF_2024.read_text().replace("name: Sở Y tế", "name: Sở Y Tế"))

        assert services.load_city(at=NOW, path=changed).changed == 1
        assert Agency.objects.get(code="000.00.04.H13").name == "Sở Y Tế"

    def test_gives_one_department_the_units_that_are_its_own(self):
        services.load_city(at=NOW)

        land = Agency.objects.get(name="Sở Tài nguyên và Môi trường")
        registry = queries.unit_with_role(land.pk, UnitRole.SPECIALIST, TODAY, procedure="1.013831")
        others = queries.unit_with_role(land.pk, UnitRole.SPECIALIST, TODAY, procedure="1.000001")
        assert registry.name == "Văn phòng Đăng ký đất đai"
        assert others.name == "Phòng Chuyên môn"
        assert list(Post.objects.filter(unit=registry).values_list("role", "title")) == [
            (PostRole.PROCESSOR, "Viên chức đăng ký đất đai")
        ]
        assert Unit.objects.filter(name=registry.name).count() == 1

    def test_adds_a_unit_to_a_city_that_was_loaded_without_it(self, tmp_path):
        services.load_city(at=NOW)
        path = tmp_path / "city.yaml"
        line = "  - {number: 4, kind: department, name: Sở Y tế"
        unit = (
            "{name: Phòng Nghiệp vụ Dược, role: specialist, settles: ['1.004616'], "
            "posts: [{role: processor, title: Dược sĩ}]}"
        )
        text = CITY_OF_2024.read_text()
        assert line in text
        path.write_text(text.replace(line, f"{line}, units: [{unit}]"))

        load = services.load_city(at=NOW, path=path)

        assert (load.created, load.changed) == (2, 0)  # the unit and its post
        health = Agency.objects.get(name="Sở Y tế")
        found = queries.unit_with_role(health.pk, UnitRole.SPECIALIST, TODAY, procedure="1.004616")
        assert found.name == "Phòng Nghiệp vụ Dược"

    def test_opens_nothing_that_was_closed_since(self):
        services.load_city(at=NOW)
        unit = Unit.objects.order_by("pk")[0]
        services.close_unit(unit=unit, on=TODAY, at=NOW)

        services.load_city(at=NOW)

        unit.refresh_from_db()
        assert unit.valid_to == TODAY

    def test_takes_few_statements(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(40):
            services.load_city(at=NOW)

    def test_spells_every_name_in_composed_letters(self):
        text = CITY_OF_2024.read_text()

        assert unicodedata.is_normalized("NFC", text)
        # Tone marks as the official lists place them now: Hòa and Thủy, not Hoà and Thuỷ.
        assert not re.search(r"(oà|uỷ|oá|oả)\b", text)


class TestSuccession:
    def test_carries_an_phu_into_thoi_binh(self):
        services.load_city(at=NOW)
        an_phu = Place.objects.get(code="31141")

        assert an_phu.valid_to == date(2024, 10, 31)
        assert [place.name for place in queries.successors_of(an_phu)] == ["Thới Bình"]
        assert queries.communes(date(2024, 10, 31)).count() == 83
        assert queries.communes(date(2024, 11, 1)).count() == 80

    def test_closes_the_old_committee_and_its_units(self):
        services.load_city(at=NOW)
        first_day = date(2024, 11, 1)

        committees = Agency.objects.filter(place__code="31141")
        assert committees.in_force(date(2024, 10, 31)).exists()
        assert not committees.in_force(first_day).exists()
        unit = Unit.objects.get(agency__place__code="31141", role=UnitRole.ONE_STOP)
        with pytest.raises(queries.UnitIsClosed):
            queries.check_unit_open(unit.pk, first_day)

    def test_is_followed_through_several_steps(self):
        services.load_city(at=NOW)
        Place.objects.filter(code="31135").update(valid_to=date(2025, 6, 30))
        # The code of the ward Tân An was given to another ward.
        ninh_kieu = Place.objects.create(
            code="31135",
            name="Ninh Kiều",
            kind="phường",
            level=PlaceLevel.COMMUNE,
            parent=Place.objects.get(code="92"),
            valid_from=date(2025, 7, 1),
        )
        thoi_binh = Place.objects.get(code="31123")
        PlaceSuccession.objects.create(
            old=thoi_binh, new=ninh_kieu, kind="merge", on=date(2025, 7, 1)
        )

        line = queries.successors_of(Place.objects.get(code="31126"))

        assert [place.name for place in line] == ["Thới Bình", "Ninh Kiều"]


class TestReadCity:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('code: "92"', 'code: "9"', "$.province.code"),
            ("role: one_stop", "role: one_shop", "one_shop"),
            (
                "number: 2, kind: department",
                "number: 1, kind: department",
                "number 1 stands 2 times",
            ),
            ('code: "31120"', 'code: "31117"', "commune code '31117' stands 2 times"),
            ('into: "31123"', 'into: "31999"', "$.successions[0]: no commune has the code 31999"),
            ("since: 2024-11-01", "since: 2019-11-01", "$.successions[0].since"),
            ("name: Cái Khế", "nam: Cái Khế", "nam"),
            ("name: Cái Khế", "name: Ca\u0301i Khế", "$.districts[0].communes[0].name"),
            ("number: 1, kind: department", "number: 1, kind: district", "$.agencies[0].kind"),
            ("\n  board:", "\n  commune2:", "commune2"),
            (
                "- name: Văn phòng Đăng ký đất đai",
                "- name: Phòng Chuyên môn",
                "$.agencies[10].units: the unit 'Phòng Chuyên môn' stands 2 times",
            ),
            ("valid_from: 2020-03-01", "valid_from: [", "city.yaml"),
        ],
    )
    def test_names_the_path_of_what_is_wrong(self, tmp_path, old, new, said):
        text = CITY_OF_2024.read_text()
        assert old in text
        path = tmp_path / "city.yaml"
        path.write_text(text.replace(old, new, 1))

        with pytest.raises(InvalidCityFile, match=re.escape(said)) as refusal:
            read_city(path)

        assert str(refusal.value).startswith("city.yaml: ")

    def test_names_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(InvalidCityFile, match=r"nowhere\.yaml"):
            read_city(tmp_path / "nowhere.yaml")

    def test_loads_nothing_of_a_bad_file(self, tmp_path):
        path = tmp_path / "city.yaml"
        path.write_text(CITY_OF_2024.read_text().replace('"31120"', '"31117"', 1))

        with pytest.raises(services.InvalidCityFile):
            services.load_city(at=NOW, path=path)

        assert not Place.objects.exists()
