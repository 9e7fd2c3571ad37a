"""A leader of the city: from the board down to the very dossiers, back in time, and with papers."""

import re
from urllib.parse import urljoin

import pytest

from motcua.kernel import memory
from motcua.steering.followers import follow_dossiers
from motcua.steering.services import load_targets
from tests.builders import NOW, a_leader, an_agency, taken_in
from tests.kernel.ledger.rooms import catch_up

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
DISTRICT, WARD = "Ủy ban nhân dân quận Ninh Kiều", "Ủy ban nhân dân phường Cái Khế"


@pytest.fixture
def chair(ward, visitor):
    """The chair of the city, before a board on which a ward of Ninh Kiều received four."""
    load_targets(at=NOW)
    ward.desk.accepted()
    for _each in range(3):
        taken_in(ward.desk.receiver)
    catch_up(follow_dossiers)
    memory.forget()
    return visitor("/lanh-dao/chi-tieu/", account=ward.account_of(a_leader(an_agency(CITY))))


def file_behind(somebody, words: str) -> tuple[str, bytes]:
    """Fetch what a link of the page leads to, as a browser would that keeps files."""
    link = somebody.main.get_by_role("link", name=words)
    address = urljoin(somebody.page.url, link.get_attribute("href"))
    answer = somebody.page.context.request.get(address)
    assert answer.ok
    return answer.headers["content-type"], answer.body()


def test_from_the_board_to_the_dossiers_to_a_past_day_and_to_a_meeting(chair):
    chair.is_at("Chỉ tiêu hồ sơ trực tuyến")
    chair.reads("Toàn thành phố", "1/4")

    chair.follows(DISTRICT)
    chair.is_at(DISTRICT)
    row = chair.main.get_by_role("row", name="Chứng thực bản sao")
    row.get_by_role("link", name=re.compile("^3 : ")).click()
    chair.is_at("Hồ sơ đã tiếp nhận")
    chair.reads("3 hồ sơ.", "Tại quầy")
    chair.goes_back()

    chair.follows(WARD)
    chair.is_at(WARD)
    chair.follows("25,0 %")
    chair.is_at("Hồ sơ đã tiếp nhận")
    chair.reads("4 hồ sơ.", "Trực tuyến", "Tại quầy")

    chair.opens("/lanh-dao/chi-tieu/")
    chair.writes(**{"Số liệu đến ngày": "2024-10-01"})
    chair.presses("Xem")
    chair.reads("Số liệu đến hết ngày 01/10/2024")
    chair.finds_no("1/4")

    chair.opens("/lanh-dao/chi-tieu/")
    with chair.page.expect_download() as kept:
        chair.main.get_by_role("link", name="Tải bảng (XLSX)").click()
    assert kept.value.suggested_filename == "chi-tieu-truc-tuyen-20241015.xlsx"
    for words in ("Tải bảng (PDF)", "Tài liệu họp (PDF)"):
        media_type, content = file_behind(chair, words)
        assert media_type == "application/pdf"
        assert content.startswith(b"%PDF")
