import re
from dataclasses import replace

import pytest

from motcua.procedures.queries import published
from motcua.procedures.services import import_national
from motcua.web.portal.procedures import leaflet
from motcua.web.portal.procedures.leaflet import Papers
from tests import builders
from tests.procedures.national.builders import WHAT, a_list, an_original
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

    def test_points_nowhere_further_down(self, client):
        builders.the_catalogue()

        text = assert_is_a_page(client.get("/thu-tuc/1.001193/to-roi/"))

        assert "Quét mã để xem." in text
        assert "ở dưới" not in text

    def test_of_nothing_does_not_exist(self, client):
        assert client.get("/thu-tuc/9.999999/to-roi/").status_code == 404


class TestPapersOfCases:
    def test_that_all_need_are_told_once(self):
        version = builders.the_version("1.001612")
        case = next(iter(version.cases.values()))
        always = replace(case, components=tuple(replace(c, when=None) for c in case.components))
        other = replace(always, key="other", components=always.components[:2])
        version = replace(version, cases={case.key: always, "other": other})

        common, own = leaflet.papers_of(version)

        assert common == Papers(of="", names=tuple(c.name for c in case.components[:2]))
        assert own == Papers(of=case.name, names=tuple(c.name for c in case.components[2:]))

    def test_that_not_everybody_brings_say_so(self):
        version = builders.the_version("1.001612")
        first, second, *_ = next(iter(version.cases.values())).components

        [papers] = leaflet.papers_of(version)

        assert first.when is None
        assert papers.names[:2] == (first.name, f"{second.name} (tùy trường hợp)")


class TestFitting:
    def test_leaves_a_short_list_as_it_is(self):
        sheet = a_sheet("Giấy chứng sinh")

        assert sheet.papers == (Papers(of="", names=("Giấy chứng sinh",)),)
        assert not sheet.left_out
        assert not sheet.small

    def test_prints_a_longer_list_small(self):
        sheet = a_sheet(*(f"Giấy số {n}" for n in range(36)))

        assert len(sheet.papers[0].names) == 36
        assert not sheet.left_out
        assert sheet.small

    def test_says_how_many_found_no_room(self):
        sheet = a_sheet(*(f"Giấy số {n}" for n in range(100)))

        assert sheet.left_out > 0
        assert len(sheet.papers[0].names) + sheet.left_out == 100

    def test_shortens_a_name_at_a_word(self):
        (kept,) = a_sheet("tờ khai " * 60).papers[0].names

        assert kept.endswith("khai …")
        assert len(kept) <= leaflet.PAPER_LETTERS_MOST + 2

    def test_shortens_the_name_of_a_field(self):
        assert len(a_sheet(field_name="x" * 5_000).field_name) <= leaflet.FIELD_LETTERS_MOST + 2

    def test_a_long_name_leaves_less_room_for_papers(self):
        papers = [f"Giấy số {n}" for n in range(100)]

        assert a_sheet(*papers, name="Đăng ký " * 30).left_out > a_sheet(*papers).left_out


def a_sheet(*papers, name="Đăng ký nuôi mèo", field_name="Vật nuôi"):
    """Return the sheet of a procedure that needs these papers."""
    return leaflet.sheet(
        code="9.000001",
        name=name,
        field_name=field_name,
        facts=[leaflet.Fact("clock", "Thời hạn", "3 ngày làm việc")],
        papers=[Papers(of="", names=papers)],
        who=["Người nuôi mèo."],
        ways=["Nộp trực tiếp"],
    )


@pytest.mark.django_db(transaction=True)
class TestOnPaper:
    def test_every_procedure_fits_on_one_sheet_of_a4(self, open_page):
        builders.the_catalogue()
        # Nothing on the national portal is longer in every part at once.
        papers = "".join(f"{'Giấy xác nhận nơi nuôi mèo ' * 9}{n}1 bản chính" for n in range(80))
        longest = an_original(
            ten_thu_tuc="Thủ tục đăng ký nuôi mèo trong nhà và ngoài vườn " * 8,
            thanh_phan_ho_so=f"Nuôi một con{WHAT}{papers}Nuôi nhiều con{WHAT}{papers}",
            co_quan_thuc_hien="Ủy ban nhân dân cấp xã nơi thường trú hoặc nơi nuôi mèo " * 5,
            doi_tuong_thuc_hien=", ".join(f"Người nuôi mèo trong nhà loại {n}" for n in range(9)),
        )
        import_national(file=a_list(longest), at=builders.NOW, actor="tests")
        page = open_page("/thu-tuc/")
        pages = {}
        for code in [longest["ma_thu_tuc"], *(v.code for v in published(builders.TODAY))]:
            page.goto(page.url.partition("/thu-tuc/")[0] + f"/thu-tuc/{code}/to-roi/")
            pages[code] = pages_of(page.pdf(prefer_css_page_size=True))

        assert len(pages) > 1
        assert {code: many for code, many in pages.items() if many != 1} == {}


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has; it writes each page's object in the clear."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
