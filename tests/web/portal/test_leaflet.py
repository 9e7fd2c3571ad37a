import re
from dataclasses import replace

import pytest

from motcua.procedures.queries import published
from motcua.web.portal.procedures import leaflet
from motcua.web.portal.procedures.leaflet import Papers
from tests import builders
from tests.web.pages import assert_is_a_page

pytestmark = pytest.mark.django_db


class TestTheSheet:
    def test_has_what_people_bring_and_a_code_that_opens_the_page(self, client):
        version = builders.the_version("1.001612")

        text = assert_is_a_page(client.get("/thu-tuc/1.001612/to-roi/"))

        for component in next(iter(version.cases.values())).components:
            assert component.name in text
        assert 'aria-label="Mã QR mở trang của thủ tục"' in text
        assert "testserver/thu-tuc/1.001612/" in text  # for who has no camera

    def test_of_nothing_does_not_exist(self, client):
        assert client.get("/thu-tuc/9.999999/to-roi/").status_code == 404


class TestPapersOfCases:
    def test_that_all_need_are_told_once(self):
        version = builders.the_version("1.001612")
        case = next(iter(version.cases.values()))
        other = replace(case, key="other", name="Trường hợp khác", components=case.components[:2])
        version = replace(version, cases={case.key: case, "other": other})

        common, own = leaflet.papers_of(version)

        assert common == Papers(of="", names=tuple(c.name for c in case.components[:2]))
        assert own == Papers(of=case.name, names=tuple(c.name for c in case.components[2:]))


class TestFitting:
    def test_leaves_a_short_list_as_it_is(self):
        papers = (Papers(of="", names=("Giấy chứng sinh",)),)

        assert leaflet.fitted(papers) == (papers, 0, False)

    def test_prints_a_longer_list_small(self):
        papers = (Papers(of="", names=tuple(f"Giấy số {n}" for n in range(40))),)

        assert leaflet.fitted(papers) == (papers, 0, True)

    def test_says_how_many_found_no_room(self):
        many = Papers(of="Trường hợp", names=tuple(f"Giấy số {n}" for n in range(100)))

        (kept,), left_out, small = leaflet.fitted([many])

        assert small
        assert left_out > 0
        assert len(kept.names) + left_out == 100

    def test_shortens_a_name_at_a_word(self):
        (kept,), left_out, _small = leaflet.fitted([Papers(of="", names=("tờ khai " * 60,))])

        assert left_out == 0
        assert kept.names[0].endswith("khai …")
        assert len(kept.names[0]) <= leaflet.LETTERS_MOST + 2


@pytest.mark.django_db(transaction=True)
class TestOnPaper:
    def test_every_procedure_fits_on_one_sheet_of_a4(self, open_page):
        builders.the_catalogue()
        page = open_page("/thu-tuc/")
        pages = {}
        for version in published(builders.TODAY):
            page.goto(page.url.partition("/thu-tuc/")[0] + f"/thu-tuc/{version.code}/to-roi/")
            pages[version.code] = pages_of(page.pdf(prefer_css_page_size=True))

        assert pages
        assert {code: many for code, many in pages.items() if many != 1} == {}


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has; it writes each page's object in the clear."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
