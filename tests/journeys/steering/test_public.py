"""Anybody reads what the city publishes of itself, and takes the data, without an account."""

import csv
import io
import json
from urllib.parse import urljoin

from tests.disclosure.months import AnOffice, ended_late

MONTH = "/cong-khai/2024-10/"


def test_reads_the_month_the_citys_figures_and_the_open_data(ward, visitor, it_becomes):
    office = AnOffice(ward.desk)
    ended_late(ward.desk)
    it_becomes("12/11/2024 09:00")
    office.published()

    somebody = visitor("/")
    somebody.page.get_by_role("link", name="Công khai").locator("visible=true").first.click()
    somebody.is_at("Công khai hằng tháng")
    somebody.follows("Tháng 10/2024")
    somebody.is_at("Công khai tháng 10/2024")
    somebody.reads("Thành phố Cần Thơ", "1.234", "Phạm Văn Sáu")
    somebody.finds_no("Trần Văn Bình")
    somebody.follows("Ủy ban nhân dân phường Cái Khế")
    somebody.reads("1 hồ sơ, trễ lâu nhất trước", "Mã hồ sơ đã được che.")

    somebody.opens(MONTH)
    data = {}
    for words in ("Toàn bộ (JSON)", "Cơ quan có hồ sơ trễ hạn (CSV)"):
        link = somebody.main.get_by_role("link", name=words).get_attribute("href")
        answer = somebody.page.context.request.get(urljoin(somebody.page.url, link))
        assert answer.ok
        data[words] = answer.body().decode("utf-8-sig")
    whole = json.loads(data["Toàn bộ (JSON)"])
    [agency] = csv.DictReader(io.StringIO(data["Cơ quan có hồ sơ trễ hạn (CSV)"]))
    assert whole["view"]["month"] == "2024-10"
    assert agency["agency"] == "Ủy ban nhân dân phường Cái Khế"
    somebody.follows("Từ điển dữ liệu mở")
    somebody.is_at("Từ điển dữ liệu mở")
