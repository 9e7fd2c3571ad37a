"""Finding among what is published: old expectations, filters, pages, explanations, freshness."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.procedures import queries
from motcua.procedures.queries import field_key, find, versions
from motcua.procedures.services import import_catalogue, publish_version

from .builders import a_definition

pytestmark = pytest.mark.django_db

AT = datetime(2024, 10, 15, 2, 0, tzinfo=UTC)
TODAY = date(2024, 10, 15)
CATALOGUE = Path(__file__).parents[2] / "catalogue"
BIRTH, COPIES, HOUSEHOLD = "1.001193", "2.000815", "1.001612"


@pytest.fixture(autouse=True)
def _catalogue(tmp_path):
    # Three that everybody knows: what is listed and counted does not grow with the catalogue.
    for code in (BIRTH, COPIES, HOUSEHOLD):
        shutil.copy(CATALOGUE / f"{code}.yaml", tmp_path)
    import_catalogue(folder=tmp_path, at=AT)


def publish(**changes):
    return publish_version(definition=a_definition(**changes), at=AT)


def codes(words: str, **filters: str) -> list[str]:
    return [hit.code for hit in find(words, TODAY, **filters).hits]


class TestFind:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("khai sinh", BIRTH),
            ("khai sinh cho con", BIRTH),
            ("giay khai sinh", BIRTH),
            ("Đăng ký khai sinh", BIRTH),
            ("dang ki khai sinh", BIRTH),
            ("DANG KY KHAI SINH", BIRTH),
            ("gks", BIRTH),
            ("em bé", BIRTH),
            ("khai sih", BIRTH),
            ("giay khai sin", BIRTH),
            ("1.001193", BIRTH),
            ("001193", BIRTH),
            ("chung thuc ban sao", COPIES),
            ("sao y", COPIES),
            ("photo cong chung", COPIES),
            ("ho kinh doanh", HOUSEHOLD),
            ("hộ kinh doanh", HOUSEHOLD),
            ("mo quan", HOUSEHOLD),
            ("mở quán", HOUSEHOLD),
            ("giay phep kinh doanh", HOUSEHOLD),
            ("mo cua hang", HOUSEHOLD),
        ],
    )
    def test_finds_what_people_mean_first(self, words, code):
        assert codes(words)[0] == code

    @pytest.mark.parametrize("words", ["!?", "tàu vũ trụ", "xyzzy", "a" * 10_000])
    def test_finds_nothing_where_there_is_nothing(self, words):
        found = find(words, TODAY)

        assert found.hits == ()
        assert found.total == 0

    def test_places_the_name_before_a_keyword(self):
        publish(keywords=["khai sinh mèo"])

        assert codes("khai sinh")[:2] == [BIRTH, "1.000001"]

    def test_places_exact_accents_first(self):
        publish(code="1.000002", name="Cấp bạn đường")
        publish(code="1.000003", name="Cấp bán đường")

        assert codes("bạn đường")[:2] == ["1.000002", "1.000003"]
        assert codes("bán đường")[:2] == ["1.000003", "1.000002"]

    def test_lists_everything_without_words_those_asked_for_most_first(self):
        publish()

        assert codes("") == [BIRTH, COPIES, HOUSEHOLD, "1.000001"]

    def test_tells_what_a_hit_is(self):
        hit = find("khai sinh", TODAY).hits[0]

        assert hit.name == "Đăng ký khai sinh"
        assert hit.field == "Hộ tịch"
        assert hit.online == "here"
        assert hit.audience == ("person",)
        assert "phường" in hit.settled_by
        assert hit.why == ""

    def test_takes_typed_accents_at_their_word(self):
        publish(name="Tất toán tài khoản của mèo")

        assert codes("tat toan tai khoan") == codes("tất toán") == ["1.000001"]
        assert codes("bệnh tật") == []

    def test_finds_what_a_saying_means_though_the_words_stand_elsewhere(self):
        publish(name="Đăng ký khai tử lấy từ chết")

        assert codes("chệt") == []
        assert "1.000001" in codes("chết")

    def test_tells_which_other_name_matched(self):
        assert "sao y" in find("sao y", TODAY).hits[0].why

    def test_what_cannot_be_filed_online_is_for_going_there(self):
        publish(level="info_only", level_reason="Cần đến.", channels=["direct"])

        assert find("nuôi mèo", TODAY).hits[0].online == "in_person"

    def test_what_the_portal_of_others_takes_says_where(self):
        there = {"name": "Cổng nuôi mèo", "url": "https://meo.example.vn/"}
        publish(level="info_only", level_reason="Nộp ở đó.", elsewhere=there)

        hit = find("nuôi mèo", TODAY).hits[0]

        assert (hit.online, hit.elsewhere) == ("elsewhere", there["url"])

    def test_comes_a_page_at_a_time(self):
        publish()
        first, rest = find("", TODAY, limit=3), find("", TODAY, start=3, limit=3)

        assert (first.total, len(first.hits)) == (4, 3)
        assert [hit.code for hit in rest.hits] == ["1.000001"]


class TestFilters:
    def test_keep_one_audience(self):
        publish(audience=["organisation"])

        assert "1.000001" not in codes("", audience="person")
        assert "1.000001" in codes("", audience="organisation")

    def test_keep_one_level(self):
        assert BIRTH in codes("", level="commune")
        assert codes("", level="ministry") == []

    @pytest.mark.parametrize("field", ["ho-tich", "Hộ tịch"])
    def test_keep_one_field(self, field):
        assert codes("", field=field) == [BIRTH]
        assert codes("dang ky", field=field) == [BIRTH]

    def test_keep_one_event_in_its_order(self):
        assert codes("", event="birth") == [BIRTH]
        assert codes("", event="business") == [HOUSEHOLD]

    def test_of_unknown_values_leave_nothing(self):
        assert codes("", event="no-such-event") == codes("", field="khong-co") == []

    def test_the_key_of_a_field_is_its_name_in_small_letters(self):
        assert field_key("Đường bộ, đường thủy") == "duong-bo-duong-thuy"


class TestExplanation:
    def test_says_what_was_corrected(self):
        assert "“sih” → “sinh”" in str(find("khai sih", TODAY).explanation)

    def test_says_what_was_typed_as_it_was_typed(self):
        publish(name="Cấp lại quyền nuôi mèo")

        told = find("Quyềnn nuôi mèo", TODAY).explanation

        assert told.corrected == (("Quyềnn", "quyen"),)

    def test_says_that_signs_are_no_words(self):
        assert find("@@ ##", TODAY).explanation.unknown == ("@@ ##",)

    def test_says_which_legal_words_stand_for_the_everyday_ones(self):
        said = find("giấy khai sinh cho con", TODAY).explanation.said

        assert said == (("giấy khai sinh cho con", "đăng ký khai sinh"),)

    def test_says_which_words_are_unknown(self):
        found = find("xyzzy", TODAY)

        assert found.explanation.unknown == ("xyzzy",)
        assert "xyzzy" in str(found.explanation)

    def test_offers_the_nearest_field_when_nothing_is_found(self):
        found = find("ho tich vu tru bao la", TODAY)

        assert found.hits == ()
        assert ("ho-tich", "Hộ tịch") in found.explanation.fields

    def test_offers_a_field_that_was_written_with_a_slip(self):
        publish(field={"code": "x", "name": "Bảo hiểm nông nghiệp"})

        found = find("bao hiem cay xoai", TODAY)

        assert ("bao-hiem-nong-nghiep", "Bảo hiểm nông nghiệp") in found.explanation.fields

    @pytest.mark.parametrize("words", ["hồ", "tịch mịch", "ho chi minh tich cuc"])
    def test_offers_no_field_for_a_word_alone(self, words):
        assert find(words, TODAY).explanation.fields == ()

    def test_says_nothing_where_nothing_needs_saying(self):
        assert str(find("đăng ký khai sinh", TODAY).explanation) == ""


class TestFreshness:
    def test_costs_no_sql_once_it_is_ready(self):
        find("khai sinh", TODAY)

        with CaptureQueriesContext(connection) as captured:
            find("ho kinh doanh", TODAY)

        assert len(captured) == 0

    def test_finds_what_was_published_a_moment_ago(self):
        assert codes("nuoi meo") == []
        publish()

        assert codes("nuoi meo") == ["1.000001"]

    def test_other_processes_find_it_when_their_timetable_is_old(self, monkeypatch):
        find("khai sinh", TODAY)
        timetable = versions._timetable
        publish()
        versions._timetable = timetable  # as in another process, which nobody told

        assert codes("nuoi meo") == []
        monkeypatch.setattr(versions, "FRESH_SECONDS", 0.0)
        assert codes("nuoi meo") == ["1.000001"]

    def test_each_day_finds_what_is_in_force_on_it(self):
        publish(valid_from="2025-01-01")

        assert codes("nuoi meo") == []
        assert [hit.code for hit in find("nuoi meo", date(2025, 1, 1)).hits] == ["1.000001"]

    def test_whoever_asks_while_an_index_is_made_is_answered_from_the_one_before(self):
        find("khai sinh", TODAY)
        publish()
        with queries.search._making:  # somebody else is at it
            assert codes("nuoi meo") == []
        assert codes("nuoi meo") == ["1.000001"]
