"""What anybody reads of a month: the frozen bytes with their corrections, as page and as data."""

import csv
import hashlib
import io
import json

import pytest

from motcua.disclosure.definitions import TABLES
from motcua.disclosure.models import DisclosedDossier
from tests.disclosure.months import AnOffice, ended_late, line_of
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db

PAGE = "/cong-khai/2024-10/"


@pytest.fixture
def office() -> AnOffice:
    office = AnOffice()
    ended_late(office.desk)
    ended_late(office.desk)
    ended_late(office.desk, cause="system")
    return office


def rows_of(client, table: str) -> list[dict[str, str]]:
    """Return the rows of a table of open data."""
    content = client.get(f"{PAGE}{table}.csv").content
    assert content.startswith(b"\xef\xbb\xbf")  # or Excel takes it for the letters of the West
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


class TestTheMonths:
    def test_are_none_at_first(self, client):
        assert "Chưa có tháng nào" in assert_is_a_page(client.get("/cong-khai/"))

    def test_show_what_is_public_and_no_draft(self, client, office):
        office.approved()
        assert PAGE not in client.get("/cong-khai/").content.decode()

    def test_show_the_citys_results(self, client, office):
        office.published()

        text = assert_is_a_page(client.get("/cong-khai/"))

        assert PAGE in text
        assert "78,25" in text


class TestAMonth:
    def test_shows_results_and_who_was_late(self, client, office):
        publication = office.published()

        text = assert_is_a_page(client.get(PAGE))

        assert "Điểm ước tính" in text
        assert "61,7" in text  # 1,234 of 2,000
        for kind in ("agency", "unit", "officer"):
            line = line_of(publication, kind)
            assert (line.officer_name or line.unit_name or line.agency_name) in text
        assert "Do hệ thống kỹ thuật" in text
        assert publication.digest in text

    def test_says_so_where_nothing_was_late(self, client):
        AnOffice().published()

        text = assert_is_a_page(client.get(PAGE))

        assert "Không có cơ quan nào để hồ sơ trễ hạn" in text

    @pytest.mark.parametrize("month", ["2024-09", "2024-13", "thang-muoi", "2024-10-01"])
    def test_that_is_not_public_is_not_there(self, client, office, month):
        office.published()
        for tail in ("", "du-lieu.json", "ho-so.csv", "co-quan/x/"):
            assert client.get(f"/cong-khai/{month}/{tail}").status_code == 404

    def test_names_nobody_who_filed(self, client, office):
        publication = office.published()
        code = line_of(publication).agency_code
        pages = [PAGE, f"{PAGE}co-quan/{code}/", f"{PAGE}du-lieu.json", f"{PAGE}ho-so.csv"]

        for page in pages:
            text = client.get(page).content.decode()
            for each in DisclosedDossier.objects.select_related("dossier"):
                assert each.dossier.owner_name not in text
                assert each.dossier.code not in text

    def test_shows_corrections_with_the_former_words(self, client, office):
        publication = office.published()
        office.issued(publication)

        text = assert_is_a_page(client.get(PAGE))

        assert "<s>2</s>" in text
        assert "Đếm lại." in text

    def test_lists_the_dossiers_of_an_agency_masked(self, client, office):
        publication = office.published()

        text = assert_is_a_page(client.get(f"{PAGE}co-quan/{line_of(publication).agency_code}/"))

        assert "**" in text
        assert client.get(f"{PAGE}co-quan/000/").status_code == 404

    def test_asks_few_statements(self, client, office, django_assert_max_num_queries):
        office.published()
        with django_assert_max_num_queries(3):
            client.get(PAGE)


class TestOpenData:
    def test_can_be_reckoned_anew(self, client, office):
        publication = office.published()
        office.issued(publication)

        told = json.loads(client.get(f"{PAGE}du-lieu.json").content)

        assert hashlib.sha256(told["sealed"].encode()).hexdigest() == told["sha256"]
        assert json.loads(told["sealed"])["agencies"][0]["late"] == 2
        assert told["view"]["agencies"][0]["late"] == 1
        assert told["view"]["corrections"][0]["former"] == "2"

    def test_is_asked_for_again_only_when_it_changed(self, client, office):
        publication = office.published()
        for page in ("du-lieu.json", "co-quan-tre-han.csv"):
            first = client.get(PAGE + page)
            etag = first.headers["ETag"]
            assert first.headers["Cache-Control"].startswith("public")
            assert client.get(PAGE + page, headers={"if-none-match": etag}).status_code == 304
        office.issued(publication)

        assert client.get(PAGE + page, headers={"if-none-match": etag}).status_code == 200

    def test_has_every_table_of_the_dictionary(self, client, office):
        office.issued(office.published())
        dictionary = assert_is_a_page(client.get("/cong-khai/tu-dien-du-lieu/"))

        for table in TABLES:
            rows = rows_of(client, table.key)
            assert rows, table.key
            for key in rows[0]:
                assert key in dictionary
        assert client.get(f"{PAGE}khong-co.csv").status_code == 404

    def test_runs_nothing_in_a_spreadsheet(self, client, office):
        publication = office.published()
        office.issued(publication, reason='=HYPERLINK("http://x")')

        [row] = rows_of(client, "dinh-chinh")
        assert row["reason"] == '\'=HYPERLINK("http://x")'

    def test_forgets_a_name_that_was_taken_away(self, client, office):
        publication = office.published()
        name = line_of(publication, "officer").officer_name
        pages = [PAGE, f"{PAGE}du-lieu.json", f"{PAGE}ca-nhan-tre-han.csv"]
        assert all(name in client.get(page).content.decode() for page in pages)

        office.issued(publication, change="unname", target="P1", reason="Khiếu nại đúng.")

        for page in [*pages, f"{PAGE}dinh-chinh.csv"]:
            assert name not in client.get(page).content.decode()
        told = json.loads(client.get(f"{PAGE}du-lieu.json").content)
        assert (told["sealed"], told["unnamed"]) == ("", True)
